import Datasets
import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite struct LabelNoiseTests {
    private let classes = Classes(labels: ["a", "b", "c", "d"])
    private let labels = (0..<4000).map { ["a", "b", "c", "d"][$0 % 4] }

    private func changes(_ share: Double, seed: UInt64 = 1) -> [LabelNoise.Change] {
        LabelNoise(share: share, seed: seed).changes(of: Array(5000..<9000), labels: labels, classes: classes)
    }

    @Test(arguments: [0, 0.2, 0.4001, 1])
    func theShareIsExactAndEveryLabelIsAnother(_ share: Double) {
        let found = changes(share)
        #expect(found.count == Int((share * 4000).rounded()) && Set(found.map(\.index)).count == found.count)
        #expect(found.allSatisfy { $0.now != $0.before && $0.before == labels[$0.index - 5000] })
    }

    /// Each of the three other classes takes a third: 133 of 400 with a standard deviation of 9.4.
    @Test func otherClassesAreEquallyLikely() {
        let ofFirst = changes(0.4).filter { $0.before == "a" }
        for name in ["b", "c", "d"] {
            let count = ofFirst.count { $0.now == name }
            #expect(abs(Double(count) - Double(ofFirst.count) / 3) < 45, "\(name): \(count)")
        }
    }

    @Test func theSeedDecides() {
        #expect(changes(0.3) == changes(0.3) && changes(0.3) != changes(0.3, seed: 2))
    }

    @Test func aRunTrainsOnWrongLabelsAndIsMeasuredOnRightOnes() throws {
        let place = try Workplace()
        let recipe = try place.recipe(["data.label_noise=0.5"])
        let data = try OpenedData(recipe.data, roots: place.roots)
        let parts = try TrainingParts(recipe, data: data, initialState: nil, device: .cpu)
        let training = Set(try data.indices(of: "train"))
        let changed = data.source.items.indices.filter {
            data.source.items[$0].label != parts.samples.source.items[$0].label
        }
        #expect(changed.count == training.count / 2 && training.isSuperset(of: changed))
        #expect(data.classes.names == parts.samples.classes.names)

        let folder = try place.train(recipe)
        let lines = try place.folder.text("runs/toy/label_noise.csv").split(separator: "\n")
        #expect(lines[0] == "path,label,trained_as" && lines.count == changed.count + 1)
        #expect(try String(contentsOfFile: folder.recipe, encoding: .utf8).contains("label_noise: 0.5"))
        let wrong = message { try place.recipe(["data.label_noise=1.5"]) }
        #expect(wrong?.contains("data.label_noise: must be a share of the training labels, from 0 to 1") == true)
    }
}
