import Foundation

/// All bytes of a file.
///
/// - Throws: ``DataError`` with the system's reason.
func readFile(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else {
        throw DataError(path: path, message: "cannot be opened: \(systemMessage())")
    }
    defer { fclose(file) }
    // A file's size is only a hint: pipes have none, and files grow.
    let hint = fseek(file, 0, SEEK_END) == 0 ? max(ftell(file), 0) : 0
    rewind(file)

    var bytes: [UInt8] = []
    // One byte more than expected, so that the first read also meets the end.
    var capacity = hint < 1 << 40 ? hint + 1 : 1
    while true {
        let start = bytes.count
        let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
            initialized = fread(buffer.baseAddress, 1, capacity, file)
        }
        bytes = start == 0 ? chunk : bytes + chunk
        guard ferror(file) == 0 else {
            throw DataError(path: path, message: "cannot be read: \(systemMessage())")
        }
        if chunk.count < capacity { return bytes }
        capacity = 1 << 16
    }
}

/// The reason of the last failed call to the system.
func systemMessage() -> String {
    String(cString: strerror(errno))
}

/// `path` under `folder`, or `path` itself where it is absolute.
func joined(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
}

/// Whether `path` is a folder, links followed.
func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
}

/// The names in a folder but the hidden ones, in natural order.
func visibleNames(in folder: String) throws -> [String] {
    guard isFolder(folder) else {
        let exists = FileManager.default.fileExists(atPath: folder)
        throw DataError(path: folder, message: exists ? "is a file: a folder was expected" : "there is no such folder")
    }
    do {
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { !$0.hasPrefix(".") }
            .sorted(by: precedesNaturally)
    } catch {
        throw DataError(path: folder, message: "cannot be listed: \(error.localizedDescription)")
    }
}
