import Torch

/// d_k = z_k − log Σ_{j≠k} e^{z_j}: the logarithm of h_k/(1 − h_k), where h = softmax(z).
///
/// With sp(a) = log(1 + eᵃ) it gives both log h_k = −sp(−d_k) and log(1 − h_k) = −sp(d_k) to the last digits, also
/// where h_k rounds to 0 or 1.
enum LogOdds {
    /// From logits [B, C] with C at least 2, [B, C].
    ///
    /// Leaving a class out of the sum by subtraction loses at most one bit where another one has a larger logit. For
    /// the largest logit of a row the sum is taken over the others themselves.
    static func of(_ logits: Tensor) throws -> Tensor {
        let top = try logits.detached().argumentOfMaximum(1).unsqueezed(1)
        let nothing = try Tensor.full(top.shape, -.infinity, scalarType: logits.scalarType, device: logits.device)
        let ofTop = try logits.scattering(nothing, at: top, dimension: 1).logSumExp([1], keeping: true)

        let largest = try logits.detached().gathered(top, dimension: 1)
        let exponentials = try (logits - largest).exponential()
        let without = try exponentials.sum([1], keeping: true) - exponentials
        // Its place is filled by ofTop; 1 keeps the logarithm, and its slope, finite.
        let ones = try Tensor.ones(top.shape, scalarType: logits.scalarType, device: logits.device)
        let rest = try without.scattering(ones, at: top, dimension: 1).logarithm() + largest
        return try logits - rest.scattering(ofTop, at: top, dimension: 1)
    }
}
