import Foundation

/// The fixtures of a folder, in order, without their ending; none where there is no such folder.
func fixtureNames(in folder: URL) -> [String] {
    let ending = ".safetensors"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
}
