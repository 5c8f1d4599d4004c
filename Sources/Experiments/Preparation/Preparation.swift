import Datasets
import Foundation
import Suggestions

/// A data set that can be fetched or unpacked, with the manifest that is written for it.
public struct Preparation: Sendable {
    public let name: String
    public let summary: String
    /// Makes the set's pictures and manifest in a folder.
    let make: @Sendable (_ folder: URL, _ roots: DataRoots, _ note: (String) -> Void) throws -> Void

    public static let all: [Preparation] = [
        .digits, .omniglotSmall, .extendedYaleB, .trafficSigns, .smallPictures,
    ]

    /// - Throws: ``/Datasets/DataError`` that lists what there is.
    public static func named(_ name: String) throws -> Preparation {
        if let preparation = all.first(where: { $0.name == name }) { return preparation }
        let names = all.map(\.name)
        let hint =
            nearest(name, among: names).map { "did you mean \($0)?" }
            ?? "there are \(names.joined(separator: ", "))"
        throw DataError(path: name, message: "is no data set that can be prepared; \(hint)")
    }

    /// Prepares the set, unless it is there already.
    ///
    /// It is made in a folder beside and moved into place when it is whole.
    ///
    /// - Returns: the folder with the manifest.
    /// - Throws: ``/Datasets/DataError`` also where other files are in the way.
    public func run(into parent: String, roots: DataRoots, note: (String) -> Void = { _ in }) throws -> String {
        let folder = URL(fileURLWithPath: parent, isDirectory: true).appendingPathComponent(name, isDirectory: true)
        if FileManager.default.fileExists(atPath: folder.appendingPathComponent("manifest.csv").path) {
            note("\(folder.relativePath) is there already; remove it to prepare it again")
            return folder.relativePath
        }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path), !files.isEmpty {
            throw DataError(
                path: folder.relativePath,
                message: "holds other files and no manifest.csv; move them away, or choose another folder with --into")
        }
        let draft = folder.deletingLastPathComponent().appendingPathComponent(".\(name).draft", isDirectory: true)
        try? FileManager.default.removeItem(at: draft)
        do {
            try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
        } catch {
            throw DataError(
                path: parent,
                message: "cannot be written: \(error.localizedDescription); choose another folder with --into")
        }
        defer { try? FileManager.default.removeItem(at: draft) }
        try make(draft, roots, note)
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.moveItem(at: draft, to: folder)
        return folder.relativePath
    }
}
