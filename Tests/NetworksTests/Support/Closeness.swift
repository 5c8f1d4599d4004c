import Torch

/// ‖a − b‖ / ‖b‖
func relativeError(_ a: Tensor, _ b: Tensor) throws -> Double {
    let expected = try b.detached().to(.float64)
    let difference = try a.detached().to(.float64) - expected
    return try difference.norm([]).item() / expected.norm([]).item()
}
