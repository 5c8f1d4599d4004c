import Foundation

/// What this process holds now (Linux).
struct ProcessState {
    let residentKibibytes: Int
    let threads: Int
    let fileHandles: Int

    init() throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        func number(_ name: String) throws -> Int {
            guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") }),
                let number = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
            else { throw CocoaError(.fileReadCorruptFile) }
            return number
        }
        residentKibibytes = try number("VmRSS")
        threads = try number("Threads")
        // The listing itself holds one.
        fileHandles = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count - 1
    }
}
