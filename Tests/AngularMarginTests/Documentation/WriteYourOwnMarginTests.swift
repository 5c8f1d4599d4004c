import AngularMargin
import Foundation
import Testing
import Torch

/// ψ(θ) = cos(θ + mθ(π − θ)), with slope sin(θ + mθ(π − θ)) · (1 + m(π − 2θ)) / sin θ.
struct BulgingAngleMargin: Margin {
    /// m in [0, 1/π], per radian.
    var amount: MarginAmount

    func value<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        try bulged(point).cosine()
    }

    func slope<Scalar: MarginScalar>(at point: MarginPoint<Scalar>) throws -> Scalar {
        let angle = try point.angle
        let growth = try point.constant(1) + point.amount(amount) * (point.constant(.pi) - angle - angle)
        return try point.perSine(bulged(point).sine() * growth)
    }

    func scaled(by factor: Double) -> Self { Self(amount: amount.scaled(by: factor)) }

    private func bulged<Scalar: MarginScalar>(_ point: MarginPoint<Scalar>) throws -> Scalar {
        let angle = try point.angle
        return try angle + point.amount(amount) * angle * (point.constant(.pi) - angle)
    }
}

/// The code of the article of that name.
@Suite struct WriteYourOwnMarginTests {
    @Test func use() throws {
        let head = Head(scale: .constant(30), target: BulgingAngleMargin(amount: 0.2))
        let detached = Head(scale: .constant(30), target: BulgingAngleMargin(amount: 0.2), gradient: .detached)
        let critical = Head(scale: .constant(30), target: BulgingAngleMargin(amount: .perClass([0, 0.3, 0])))

        let naive = NaiveHead(kind: .additive(s: 30) { cos($0 + 0.2 * $0 * (.pi - $0)) })
        let problem = Problem.random(batch: 5, classes: 3, dimension: 4, seed: 51)
        let full = try head.evaluated(problem)
        #expect(try abs(full.output.loss.item() - naive.loss(problem)) < 1e-12 * naive.loss(problem))
        #expect(distance(full.features, naive.gradients(problem).features) < 1e-6)
        let other = NaiveHead(kind: naive.kind, isDetached: true)
        #expect(try distance(detached.evaluated(problem).features, other.gradients(problem).features) < 1e-12)

        let plain = try HeadPreset.named("normface").head().evaluated(problem).output.losses.reals()
        let losses = try critical.evaluated(problem).output.losses.reals()
        for (row, label) in problem.labels.enumerated() {
            #expect(label == 1 ? losses[row] > plain[row] : abs(losses[row] - plain[row]) < 1e-13)
        }
    }

    @Test func check() throws {
        let margin = BulgingAngleMargin(amount: 0.2)
        for cosine in stride(from: -0.99, through: 0.99, by: 0.01) {
            let (up, down) = (MarginPoint(cosine: cosine + 1e-6), MarginPoint(cosine: cosine - 1e-6))
            let difference = try (margin.value(at: up) - margin.value(at: down)) / 2e-6
            #expect(try abs(margin.slope(at: MarginPoint(cosine: cosine)) - difference) < 1e-7)
        }
        for cosine in [1.0, -1] {
            #expect(try margin.value(at: MarginPoint(cosine: cosine)) == cosine)
            #expect(try margin.slope(at: MarginPoint(cosine: cosine)) == 0)
        }
    }

    /// The code that readers see is the code that is compiled here.
    @Test func theArticleShowsThisCode() throws {
        let tests = URL(filePath: #filePath)
        let package = (0..<4).reduce(tests) { folder, _ in folder.deletingLastPathComponent() }
        let article = try String(
            contentsOf: package.appending(path: "Sources/AngularMargin/AngularMargin.docc/WriteYourOwnMargin.md"),
            encoding: .utf8)
        func lines(_ text: some StringProtocol) -> [String] {
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        let compiled = try lines(String(contentsOf: tests, encoding: .utf8)).joined(separator: "\n")
        let blocks = article.components(separatedBy: "```swift\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        #expect(blocks.count == 3)
        for block in blocks {
            #expect(compiled.contains(lines(block).joined(separator: "\n")))
        }
    }
}
