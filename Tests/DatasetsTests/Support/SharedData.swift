import Foundation

/// Real data beside the package, which not every checkout has.
enum SharedData {
    static func path(_ name: String) -> String {
        URL(filePath: #filePath).appending(path: "../../../../../shared/data/\(name)").standardizedFileURL.path
    }

    static func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }
}
