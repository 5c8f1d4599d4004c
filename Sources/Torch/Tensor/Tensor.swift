import CTorch

/// An array of numbers on a device, with the history that gradients need.
///
/// A `Tensor` is a reference: copies share elements, and an in-place operation (a name ending in
/// an underscore in libtorch, a `mutating`-sounding verb here) is seen through all of them. Its
/// memory is released when the last reference goes, at once.
///
/// Tensors may be handed from thread to thread. Nothing stops two threads from writing to one
/// tensor at the same time: that is for the program to avoid.
public struct Tensor: @unchecked Sendable {
    let handle: TensorHandle

    init(handle: TensorHandle) {
        self.handle = handle
    }

    /// Takes over one owned reference.
    @inline(__always)
    init(owning pointer: ct_tensor) {
        handle = TensorHandle(pointer)
    }

    /// libtorch's tensor, borrowed: valid while this one is.
    package var pointer: ct_tensor { handle.pointer }

    /// Lends the reference to C code. A bare ``pointer`` may outlive the tensor: the optimiser may release
    /// it as soon as the pointer has been read.
    @inline(__always)
    func lend<Result>(_ body: (ct_tensor) -> Result) -> Result {
        withExtendedLifetime(handle) { body(handle.pointer) }
    }
}

/// Holds one owned reference and gives it back.
final class TensorHandle {
    let pointer: ct_tensor

    init(_ pointer: ct_tensor) {
        self.pointer = pointer
    }

    deinit {
        ct_tensor_release(pointer)
    }
}

extension Tensor {
    /// The size of each dimension; empty for a single number.
    public var shape: [Int] {
        (0..<rank).map { size($0) }
    }

    /// The number of dimensions.
    public var rank: Int { Int(lend(ct_tensor_rank)) }

    /// The number of elements.
    public var count: Int { Int(lend(ct_tensor_count)) }

    /// The size of one dimension; negative ones count from the end.
    public func size(_ dimension: Int) -> Int {
        precondition((-rank..<rank).contains(dimension), "no dimension \(dimension) in rank \(rank)")
        let place = Int64(dimension < 0 ? dimension + rank : dimension)
        return Int(lend { ct_tensor_size($0, place) })
    }

    /// How many elements apart neighbours along a dimension are in memory.
    public func stride(_ dimension: Int) -> Int {
        precondition((-rank..<rank).contains(dimension), "no dimension \(dimension) in rank \(rank)")
        let place = Int64(dimension < 0 ? dimension + rank : dimension)
        return Int(lend { ct_tensor_stride($0, place) })
    }

    public var scalarType: ScalarType {
        guard let type = ScalarType(rawValue: lend(ct_tensor_scalar_type)) else {
            preconditionFailure("a tensor of a scalar type that this library does not use")
        }
        return type
    }

    public var device: Device {
        guard let kind = Device.Kind(rawValue: lend(ct_tensor_device_type)) else {
            preconditionFailure("a tensor on a device that this library does not use")
        }
        return Device(kind, index: max(0, Int(lend(ct_tensor_device_index))))
    }

    public var isContiguous: Bool { lend(ct_tensor_is_contiguous) }

    /// Whether both are the same tensor object, not merely equal in value.
    public func isSame(as other: Tensor) -> Bool {
        lend { own in other.lend { ct_tensor_is_same(own, $0) } }
    }
}

extension Tensor: CustomStringConvertible {
    /// Type, shape and device, such as "float32 [64, 512] on cpu"; not the elements.
    public var description: String {
        "\(scalarType) \(shape) on \(device)"
    }
}
