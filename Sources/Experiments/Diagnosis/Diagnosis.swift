import Datasets
import Foundation
import Torch

/// What is installed and what is missing.
public struct Diagnosis: Encodable, Sendable {
    public struct Finding: Encodable, Sendable {
        public let name: String
        public let isFine: Bool
        public let found: String
        /// What to do about it.
        public let remedy: String?
    }

    public let findings: [Finding]

    public init() {
        findings = [Self.libtorch, Self.swift, Self.python, Self.pictures, Self.gpu, Self.threads, Self.data]
    }

    private static var libtorch: Finding {
        let built = Libtorch.compiledVersion
        let loaded = Libtorch.loadedVersion
        let isFine = built.split(separator: ".").prefix(2) == loaded.split(separator: ".").prefix(2)
        return Finding(
            name: "libtorch", isFine: isFine, found: "\(loaded) is loaded, this program was built for \(built)",
            remedy: isFine ? nil : "build again against the libtorch that is installed: make clean && make")
    }

    private static var swift: Finding {
        let version = output(of: ["swift", "--version"])?.split(separator: "\n").first { $0.contains("Swift version") }
        return Finding(
            name: "Swift toolchain", isFine: true,
            found: version.map(String.init) ?? "not found; it is needed to build, not to run", remedy: nil)
    }

    private static var python: Finding {
        let version = output(of: ["python3", "--version"])?.trimmingCharacters(in: .whitespacesAndNewlines)
        return Finding(
            name: "Python", isFine: version != nil,
            found: version ?? "not found; `margin prepare` unpacks archives with it",
            remedy: version == nil ? "sudo apt-get install python3 python3-pip" : nil)
    }

    /// Decodes a picture that it has just made, so that "fine" means it works.
    private static var pictures: Finding {
        let picture = Image(width: 3, height: 2, channels: 3, filledWith: 7)
        let works = (try? Image(decoding: picture.pngData())) == picture
        return Finding(
            name: "picture libraries", isFine: works,
            found: works
                ? "libjpeg-turbo, libpng and giflib are linked; PNG written and read back"
                : "a PNG could not be written and read back",
            remedy: works ? nil : "sudo apt-get install --reinstall libpng16-16 libturbojpeg0 libgif7")
    }

    private static var gpu: Finding {
        let cuda = Device.count(.cuda)
        let mps = Device.count(.mps)
        let found =
            cuda > 0
            ? "\(cuda) CUDA device(s)"
            : mps > 0 ? "Apple GPU (mps)" : "none that this libtorch can use; the CPU is used"
        return Finding(name: "GPU", isFine: true, found: found, remedy: nil)
    }

    private static var threads: Finding {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return Finding(
            name: "processor", isFine: true, found: "\(cores) cores, \(Libtorch.threadCount) threads per operator",
            remedy: nil)
    }

    private static var data: Finding {
        let roots = DataRoots(option: nil).candidates
        let present = roots.filter { FileManager.default.fileExists(atPath: $0.folder) }
        return Finding(
            name: "data folders", isFine: true,
            found: present.isEmpty
                ? "none yet" : present.map { "\($0.folder) (\($0.origin))" }.joined(separator: ", "),
            remedy: present.isEmpty ? "start with: margin prepare digits" : nil)
    }

    /// What a program prints, `nil` when it cannot be run.
    private static func output(of arguments: [String]) -> String? {
        try? Subprocess.run(arguments)
    }
}
