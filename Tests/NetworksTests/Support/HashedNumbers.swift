import Torch

/// The rule of scripts/fixtures/README.md: element i of sequence k as a number in [−1, 1), computed by
/// tensor operations on int64, whose arithmetic is modulo 2⁶⁴. Float64.
func hashedNumbers(sequence: Int, shape: [Int]) throws -> Tensor {
    let multiply = Operator("aten::mul.Scalar")
    let add = Operator("aten::add.Scalar")
    let xor = Operator("aten::bitwise_xor.Tensor")
    let mask = Operator("aten::bitwise_and.Scalar")
    let shift = Operator("aten::bitwise_right_shift.Tensor_Scalar")
    func constant(_ bits: UInt64) -> Int { Int(truncatingIfNeeded: bits) }
    // A shift without sign: what the sign would fill in is masked away.
    func shifted(_ x: Tensor, by count: Int) throws -> Tensor {
        try mask(shift(x, count), constant(UInt64.max >> UInt64(count)))
    }

    let offset = constant(0x94D0_49BB_1331_11EB &+ UInt64(sequence) &* 0x9E37_79B9_7F4A_7C15)
    var x = try Tensor.range(0, shape.reduce(1, *))
    x = try add(multiply(x, constant(0xBF58_476D_1CE4_E5B9)), offset)
    x = try multiply(xor(x, shifted(x, by: 30)), constant(0xBF58_476D_1CE4_E5B9))
    x = try multiply(xor(x, shifted(x, by: 27)), constant(0x94D0_49BB_1331_11EB))
    x = try xor(x, shifted(x, by: 31))
    return try (shifted(x, by: 40).to(.float64) * (2 / 0x1p24) - 1).reshaped(shape)
}
