import Torch

/// Compares a batch with part of the classes: its own, and random others.
///
/// Partial FC (An et al., CVPR 2022): all classes of the batch, and as many others as make ⌊rate · C⌋ in all. The draw
/// follows from ``HeadStatistic/random(seed:)``.
public struct ClassSampling: Sendable, Hashable {
    /// In (0, 1].
    public var rate: Double

    /// - Precondition: `rate` is in (0, 1].
    public init(rate: Double) {
        precondition(rate > 0 && rate <= 1, "a share of the classes")
        self.rate = rate
    }

    /// Class numbers, rising.
    ///
    /// - Parameter labels: those of the batch.
    public func classes(labels: [Int], classCount: Int, generator: Generator) throws -> [Int] {
        var isChosen = [Bool](repeating: false, count: classCount)
        for label in labels { isChosen[label] = true }
        var missing = Int(rate * Double(classCount)) - isChosen.count { $0 }
        if missing > 0 {
            let order: [Int] = try Tensor.permutation(classCount, generator: generator).elements()
            for candidate in order where missing > 0 && !isChosen[candidate] {
                isChosen[candidate] = true
                missing -= 1
            }
        }
        return isChosen.indices.filter { isChosen[$0] }
    }
}
