import CTorch
import Foundation

/// A node of libtorch's autograd graph whose backward pass is written in Swift.
///
/// ```swift
/// let exponential = try differentiable("exponential", [x]) {
///     let y = try x.exponential()
///     return (outputs: [y], backward: { seeds in [try seeds[0].map { try $0 * y }] })
/// }
/// ```
///
/// - Parameters:
///   - name: shown in errors and by anomaly detection.
///   - inputs: what gradients flow back to.
///   - forward: computes the outputs, without recording, and says how to go back: given the gradient
///     of each output (`nil` where nothing depends on it), the gradient of each input (`nil` for none).
///     A backward pass made of tensor operations on `inputs` can be differentiated in its turn; one
///     that uses the outputs, or other things computed in `forward`, treats those as constants.
/// - Returns: the outputs, joined to the inputs.
///
/// The node keeps what `backward` captures alive until a backward pass that does not retain the graph
/// has left it, or the graph is gone.
public func differentiable(
    _ name: String, _ inputs: [Tensor],
    forward: () throws -> (outputs: [Tensor], backward: BackwardFunction)
) throws -> [Tensor] {
    let (outputs, backward) = try withoutGradients(forward)
    let context = Unmanaged.passRetained(BackwardBox(backward))
    var joined = [ct_tensor?](repeating: nil, count: outputs.count)
    let status = ct_function(
        name, inputs.map { Optional($0.pointer) }, inputs.count,
        outputs.map { Optional($0.pointer) }, outputs.count, runBackward,
        { Unmanaged<BackwardBox>.fromOpaque($0!).release() }, context.toOpaque(), &joined)
    withExtendedLifetime((inputs, outputs)) {}
    guard status >= 0 else { throw TorchError.last(name, arguments: inputs.map(\.summary)) }
    return joined.map { Tensor(owning: $0!) }
}

/// From the gradient of each output to the gradient of each input.
public typealias BackwardFunction = ([Tensor?]) throws -> [Tensor?]

private final class BackwardBox {
    let function: BackwardFunction
    init(_ function: @escaping BackwardFunction) { self.function = function }
}

/// What libtorch calls. Its result is NULL, or a message for it to free.
private func runBackward(
    context: UnsafeMutableRawPointer?, seeds: UnsafePointer<ct_tensor?>?, seedCount: Int,
    gradients: UnsafeMutablePointer<ct_tensor?>?, inputCount: Int
) -> UnsafeMutablePointer<CChar>? {
    let box = Unmanaged<BackwardBox>.fromOpaque(context!).takeUnretainedValue()
    let seeds = (0..<seedCount).map { index in
        seeds?[index].map { Tensor(owning: ct_tensor_retain($0)) }
    }
    do {
        let results = try box.function(seeds)
        guard results.count == inputCount else {
            return strdup("it returned \(results.count) gradients for \(inputCount) inputs")
        }
        for (index, result) in results.enumerated() {
            gradients?[index] = result.map { ct_tensor_retain($0.pointer) }
        }
        return nil
    } catch {
        return strdup("\(error)")
    }
}
