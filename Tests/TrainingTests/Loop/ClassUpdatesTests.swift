import AngularMargin
import TestSupport
import Testing
import Torch

@testable import Training

/// Runs whose class weights change tile by tile, beside runs that change them as a whole.
@Suite struct ClassUpdatesTests {
    private static func toy(
        _ updates: TrainingLoop.Plan.ClassUpdates, _ optimizer: OptimizerDescription,
        head: String = "cosface", values: [String: HeadParameterValue] = ["s": 16, "m": 0.1]
    ) -> ToyRun {
        ToyRun(optimizer: optimizer, change: { $0.classUpdates = updates }, head: head, headValues: values)
    }

    private static let optimizers: [OptimizerDescription] = [
        .sgd(momentum: 0.9, nesterov: false), .sgd(momentum: 0.9, nesterov: true), .sgd(momentum: 0, nesterov: false),
        .adamW(beta1: 0.9, beta2: 0.99),
    ]

    /// The runs' every number. The heads are streamed in both, as large ones are.
    private func run(_ toy: ToyRun) throws -> (weights: [[Double]], norms: [Double], isInTiles: Bool) {
        var norms: [Double] = []
        var isInTiles = false
        let loop = try toy.make { event in
            if case .stepped(let report, _) = event { norms.append(report.gradientNorm) }
            if case .classUpdates(let inTiles, _) = event { isInTiles = inTiles }
        }.loop
        loop.head.path = .streaming
        _ = try loop.run()
        return (try toy.weights(after: loop), norms, isInTiles)
    }

    @Test(arguments: optimizers, ["cosface", "sphereface2"])
    func tilesGiveTheRunThatWholeUpdatesGive(_ optimizer: OptimizerDescription, _ head: String) throws {
        let values: [String: HeadParameterValue] = head == "cosface" ? ["s": 16, "m": 0.1] : [:]
        let whole = try run(Self.toy(.whole, optimizer, head: head, values: values))
        let tiles = try run(Self.toy(.tiles, optimizer, head: head, values: values))
        #expect(tiles.isInTiles && !whole.isInTiles)
        #expect(tiles.weights == whole.weights)
        #expect(zip(tiles.norms, whole.norms).allSatisfy { abs($0 - $1) < 1e-5 * $1 })
    }

    /// With a sample of the classes in every step, the others' momentum and decay are put off: to rounding.
    @Test(arguments: optimizers)
    func sampledClassesToo(_ optimizer: OptimizerDescription) throws {
        let values: [String: HeadParameterValue] = ["s": 16, "m": 0.1, "sample_rate": 0.5]
        let whole = try run(Self.toy(.whole, optimizer, values: values))
        let tiles = try run(Self.toy(.tiles, optimizer, values: values))
        #expect(tiles.isInTiles)
        let differences = zip(tiles.weights.joined(), whole.weights.joined()).map { abs($0 - $1) / (1 + abs($1)) }
        #expect(differences.max() ?? 1 < 2e-3)
    }

    @Test func smallHeadsAreUpdatedAsAWholeWithoutAWord() throws {
        var heard = false
        let loop = try ToyRun().make { if case .classUpdates = $0 { heard = true } }.loop
        _ = try loop.run()
        #expect(!heard && loop.classUpdating.rows == nil)
    }

    private static let obstacles: [(String, ToyRun)] = [
        ("limit", ToyRun(gradientNormLimit: 1)), ("accumulation", ToyRun(change: { $0.accumulation = 2 })),
        ("mixup", ToyRun(mixup: 0.4)), ("anomalies", ToyRun(change: { $0.detectsAnomalies = true })),
        ("does not know", ToyRun(head: "curricularface", headValues: [:])),
        ("directions as a whole", ToyRun(headValues: ["projected": true])),
        ("regulariser", ToyRun(headValues: ["regularizer": "exclusive"])),
    ]

    /// Said to whoever watches; the run goes on as before.
    @Test(arguments: obstacles.indices)
    func whatKeepsFromTilesIsSaid(_ number: Int) throws {
        var (word, toy) = Self.obstacles[number]
        let given = toy.change
        toy.epochs = 1
        toy.change = {
            given(&$0)
            $0.classUpdates = .tiles
        }
        var reason: String?
        let loop = try toy.make { if case .classUpdates(false, let obstacle) = $0 { reason = obstacle } }.loop
        _ = try loop.run()
        #expect(reason?.contains(word) == true, "\(reason ?? "none")")
        #expect(loop.state.step == 4)
    }

    /// A loss that is no number is found before a class weight has changed.
    @Test func aLossThatIsNoNumberIsExplained() throws {
        let toy = Self.toy(.tiles, .sgd(momentum: 0.9, nesterov: false))
        let loop = try toy.make().loop
        let before = try loop.head.weight.reals()
        let first = try #require(loop.backbone.parameters.first).tensor
        try withoutGradients { try first.fill(.nan) }
        #expect(throws: NonFiniteLossError.self) { try loop.run() }
        #expect(try loop.head.weight.reals() == before)
    }
}
