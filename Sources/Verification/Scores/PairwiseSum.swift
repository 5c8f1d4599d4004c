/// The sum of numbers in the order that numpy adds them, so that means agree with its to the last digit: eight running
/// sums over blocks of up to 128 numbers, longer lists halved. The rounding error grows with the logarithm of the count.
func pairwiseSum(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { pairwiseSum($0[...]) }
}

private func pairwiseSum(_ values: Slice<UnsafeBufferPointer<Double>>) -> Double {
    if values.count > 128 {
        let middle = values.startIndex + values.count / 2 / 8 * 8
        return pairwiseSum(values[..<middle]) + pairwiseSum(values[middle...])
    }
    guard values.count >= 8 else { return values.reduce(0, +) }
    var sums = SIMD8<Double>.zero
    let whole = values.startIndex + values.count / 8 * 8
    for start in stride(from: values.startIndex, to: whole, by: 8) {
        for lane in 0..<8 { sums[lane] += values[start + lane] }
    }
    let quarters = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    return values[whole...].reduce(quarters, +)
}
