import Foundation

/// What this process holds in memory, in bytes.
public enum ResidentMemory {
    /// At the moment; `nil` where the system does not say.
    public static var now: Int? { status("VmRSS") }

    /// The most so far, or since ``forgetPeak()``.
    public static var peak: Int {
        if let peak = status("VmHWM") { return peak }
        var usage = rusage()
        #if os(Linux)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            // In KiB on Linux, in bytes on macOS.
            return usage.ru_maxrss * 1024
        #else
            getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss
        #endif
    }

    /// Begins to look for the peak anew, where the system can.
    public static func forgetPeak() {
        guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
        try? file.write(contentsOf: Data("5".utf8))
        try? file.close()
    }

    /// A line of Linux's account of this process.
    private static func status(_ name: String) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
}
