import CTorch

/// Where a tensor lives and is computed.
public struct Device: Sendable, Hashable, CustomStringConvertible {
    /// Raw values are libtorch's own numbers (`c10::DeviceType`).
    public enum Kind: Int32, Sendable {
        case cpu = 0
        case cuda = 1
        case mps = 13
        case meta = 14
    }

    public let kind: Kind
    /// Which of several; 0 for the first.
    public let index: Int

    public init(_ kind: Kind, index: Int = 0) {
        self.kind = kind
        self.index = index
    }

    public static let cpu = Device(.cpu)
    public static let cuda = Device(.cuda)
    public static let mps = Device(.mps)
    /// Shapes and types without numbers: a network is built here at no cost, to adopt stored weights.
    public static let meta = Device(.meta)

    /// Reads "cpu", "cuda", "cuda:1" or "mps".
    ///
    /// - Throws: ``TorchError`` when the name is none of these, or names a device that this
    ///   machine or this libtorch does not have.
    public init(named name: String) throws {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        let kinds: [Substring: Kind] = ["cpu": .cpu, "cuda": .cuda, "mps": .mps]
        guard parts.count <= 2, let kind = kinds[parts[0]],
            let index = parts.count == 2 ? Int(parts[1]) : 0, index >= 0
        else {
            throw TorchError(
                operation: "device",
                reason: "there is no device “\(name)”; write cpu, cuda, cuda:1 (and so on) or mps")
        }
        self.init(kind, index: index)
        guard index < Device.count(kind) else {
            throw TorchError(
                operation: "device",
                reason: "“\(name)” is not available: this libtorch sees \(Device.count(kind)) "
                    + "\(kind) device(s); use cpu, or install a libtorch for this hardware")
        }
    }

    /// How many devices of a kind can be used now.
    public static func count(_ kind: Kind) -> Int {
        switch kind {
        case .cpu, .meta: 1
        case .cuda: Int(ct_cuda_device_count())
        case .mps: ct_mps_is_available() ? 1 : 0
        }
    }

    /// Waits until all work queued on this device is done. Work on the CPU is never queued.
    public func synchronize() throws {
        guard ct_synchronize(kind.rawValue, Int32(index)) >= 0 else {
            throw TorchError.last("synchronize \(self)")
        }
    }

    public var description: String {
        kind == .cuda && index > 0 ? "cuda:\(index)" : "\(kind)"
    }
}
