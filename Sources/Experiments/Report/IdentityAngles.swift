import Foundation
import Torch

/// How far pictures lie from the mean direction of their own identity, which leaves the picture itself out, and from
/// the nearest mean direction of another.
///
/// For the unit embeddings x of identity k with the sum S_k, the own angle is between x and S_k − x, the others are
/// between x and S_l.
struct IdentityAngles {
    /// In radians; `nil` for an identity's only picture.
    let own: [Double?]
    /// In radians; `nil` where there is one identity alone.
    let nearest: [Double?]
    /// The identity that is nearest beside the own.
    let nearestIdentity: [Int?]

    /// - Parameters:
    ///   - embeddings: [N, d], rows of length 1.
    ///   - identities: of each row, numbered from 0.
    init(_ embeddings: Tensor, identities: [Int], identityCount: Int) throws {
        let exact = try embeddings.to(.float64)
        let (count, dimension) = (exact.size(0), exact.size(1))
        let numbers = try exact.reals()
        var sums = [Double](repeating: 0, count: identityCount * dimension)
        var members = [Int](repeating: 0, count: identityCount)
        for row in 0..<count {
            members[identities[row]] += 1
            for column in 0..<dimension {
                sums[identities[row] * dimension + column] += numbers[row * dimension + column]
            }
        }
        let means = try Tensor(sums, shape: [identityCount, dimension])
        let products = try exact.matmul(means.transposed()).reals()
        let lengths = try means.norm([1]).reals()
        func angle(_ product: Double, _ length: Double) -> Double {
            length > 0 ? acos(min(1, max(-1, product / length))) : .pi / 2
        }
        var (own, nearest, places) = ([Double?](), [Double?](), [Int?]())
        for row in 0..<count {
            let identity = identities[row]
            let product = products[row * identityCount + identity]
            let rest = max(0, lengths[identity] * lengths[identity] - 2 * product + 1).squareRoot()
            own.append(members[identity] > 1 ? angle(product - 1, rest) : nil)
            var best: (angle: Double, identity: Int)?
            for other in 0..<identityCount where other != identity && members[other] > 0 {
                let found = angle(products[row * identityCount + other], lengths[other])
                if found < best?.angle ?? .infinity { best = (found, other) }
            }
            nearest.append(best?.angle)
            places.append(best?.identity)
        }
        (self.own, self.nearest, nearestIdentity) = (own, nearest, places)
    }
}
