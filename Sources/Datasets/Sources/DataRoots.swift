import Foundation

/// The folders in which a recipe's relative data path is looked up, in order.
public struct DataRoots: Sendable, Hashable {
    /// A folder and what named it.
    public struct Candidate: Sendable, Hashable {
        public let folder: String
        public let origin: String

        public init(folder: String, origin: String) {
            self.folder = folder
            self.origin = origin
        }
    }

    public let candidates: [Candidate]

    public init(candidates: [Candidate]) {
        self.candidates = candidates
    }

    /// The usual order: the option `--data`, the variable `ANGULARMARGIN_DATA`, `./data`, where
    /// `margin prepare` writes, and `../shared/data`.
    public init(
        option: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
        workingFolder: String = FileManager.default.currentDirectoryPath
    ) {
        var candidates: [Candidate] = []
        if let option {
            candidates.append(Candidate(folder: joined(workingFolder, option), origin: "--data"))
        }
        if let variable = environment["ANGULARMARGIN_DATA"], !variable.isEmpty {
            candidates.append(Candidate(folder: joined(workingFolder, variable), origin: "ANGULARMARGIN_DATA"))
        }
        candidates.append(Candidate(folder: joined(workingFolder, "data"), origin: "./data"))
        candidates.append(Candidate(folder: joined(workingFolder, "../shared/data"), origin: "../shared/data"))
        self.init(candidates: candidates)
    }

    /// The first existing file or folder of that name; an absolute path is only checked.
    ///
    /// - Throws: ``DataError`` that lists every place that was searched.
    public func resolve(_ path: String) throws -> String {
        if path.hasPrefix("/") {
            if FileManager.default.fileExists(atPath: path) { return path }
            throw DataError(path: path, message: "there is no such file or folder")
        }
        let places = candidates.map { (path: joined($0.folder, path), origin: $0.origin) }
        if let found = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) {
            return found.path
        }
        let searched = places.map { "\($0.path) (\($0.origin))" }.joined(separator: ", ")
        throw DataError(
            path: path, message: "was not found; searched: \(searched). Name its parent folder with --data")
    }
}
