import Foundation
import Torch

/// What a run depends on beside its recipe and its data.
struct Surroundings: Codable, Equatable, Sendable {
    let angularMargin: String
    let libtorch: String
    let swift: String
    let system: String
    let processor: String
    let cores: Int
    /// That one operator may use.
    let threads: Int
    let device: String

    init(device: Device) {
        angularMargin = Release.version
        libtorch = Libtorch.loadedVersion
        swift = Self.compiler
        system = ProcessInfo.processInfo.operatingSystemVersionString
        processor = Self.processorName
        cores = ProcessInfo.processInfo.activeProcessorCount
        threads = Libtorch.threadCount
        self.device = "\(device)"
    }

    /// What decides the last digits, where it is otherwise than before: a resumed run is then not the very one that
    /// was not interrupted.
    func changes(since earlier: Surroundings) -> [String] {
        [
            ("AngularMargin", earlier.angularMargin, angularMargin), ("libtorch", earlier.libtorch, libtorch),
            ("the processor", earlier.processor, processor), ("threads", "\(earlier.threads)", "\(threads)"),
            ("the device", earlier.device, device),
        ].filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1) before, \($0.2) now" }
    }

    /// The compiler's version, as far as a program can know it.
    private static var compiler: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #elseif compiler(>=6.2)
            "6.2"
        #elseif compiler(>=6.1)
            "6.1"
        #else
            "6.0"
        #endif
    }

    private static var processorName: String {
        #if canImport(Darwin)
            var size = 0
            sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
            var name = [CChar](repeating: 0, count: size + 1)
            sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0)
            return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        #else
            let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
            let name = line?.split(separator: ":", maxSplits: 1).last.map(String.init) ?? "unknown"
            return name.trimmingCharacters(in: .whitespaces)
        #endif
    }
}

/// The release of this package.
public enum Release {
    public static let version = "0.1.0"
}
