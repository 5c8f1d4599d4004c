import AngularMargin
import Testing
import Torch

@Suite struct OneClassTests {
    @Test func predictionsSplitTheWayBetweenTheCosines() throws {
        let cosines = try Tensor([0.9, 0.56, 0.54, -1], shape: [4, 1])
        for member in [0, 1] {
            let objective = OneClass(scale: 20, memberCosine: 0.9, otherCosine: 0.2, memberLabel: member)
            let found: [Int] = try #require(try objective.predictions(cosines)).elements()
            #expect(found == [member, member, 1 - member, 1 - member])
        }
    }

    @Test func itLearns() throws {
        var head = try MarginHead(
            HeadPreset.named("oc-softmax").head(), classCount: 2, featureCount: 2, generator: Generator(seed: 6),
            scalarType: .float64)
        try withoutGradients { try head.weight.copy(from: Tensor([0.1, 1], shape: [1, 2])) }
        let features = try Tensor([2.0, 0.3, 1.5, -0.2, -1, 0.2, -2, -0.1], shape: [4, 2])
        let labels = try Tensor([0, 0, 1, 1])
        for _ in 0..<100 {
            let slope = try gradient(of: head(features, labels: labels).loss, withRespectTo: head.weight)
            head = try head.with(parameters: [(head.weight - 0.05 * slope).detached().requireGradient()])
        }
        #expect(try head(features, labels: labels).correctCount() == 4)
    }
}
