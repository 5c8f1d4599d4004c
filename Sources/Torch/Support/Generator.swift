import CTorch

/// A source of random numbers that is handed to whatever draws them; nothing draws from a hidden one.
///
/// The same seed gives the same numbers on the same kind of device and version of libtorch.
public final class Generator: @unchecked Sendable {
    let pointer: ct_generator
    public let device: Device

    public init(seed: UInt64, device: Device = .cpu) throws {
        // Where there are no numbers, any generator will do: libtorch has none of that kind.
        let source = device == .meta ? Device.cpu : device
        guard let pointer = ct_generator_create(source.kind.rawValue, Int32(source.index), seed) else {
            throw TorchError.last("generator", arguments: ["\(device)"])
        }
        self.pointer = pointer
        self.device = device
    }

    deinit {
        ct_generator_release(pointer)
    }

    /// Everything that decides which numbers come next: bytes to be stored in a checkpoint.
    public var state: Tensor {
        get throws {
            guard let tensor = ct_generator_state(pointer) else {
                throw TorchError.last("generator state")
            }
            return Tensor(owning: tensor)
        }
    }

    /// Goes on from a state that was stored.
    public func restore(_ state: Tensor) throws {
        guard ct_generator_set_state(pointer, state.pointer) >= 0 else {
            throw TorchError.last("generator restore", arguments: [state.summary])
        }
    }
}
