import CTorch

extension Device {
    /// Whether matrix products and convolutions can be computed in bfloat16 here by ``withAutocast(on:_:)``.
    public var hasAutocast: Bool { ct_autocast_is_available(kind.rawValue) }
}

/// Runs `body` such that matrix products and convolutions compute in bfloat16, whatever the type of their
/// arguments, and operators that need more digits in float32.
///
/// Parameters stay what they are; gradients come back in the parameters' type. The backward pass belongs
/// outside.
///
/// - Precondition: ``Device/hasAutocast``, and no such call around it.
public func withAutocast<Result>(on device: Device, _ body: () throws -> Result) throws -> Result {
    precondition(device.hasAutocast, "\(device) has no bfloat16")
    guard ct_autocast_begin(device.kind.rawValue) >= 0 else { throw TorchError.last("autocast on \(device)") }
    defer { _ = ct_autocast_end(device.kind.rawValue) }
    return try body()
}
