import AngularMargin
import Foundation
import TestSupport
import Testing
import Torch
import Training

@testable import Experiments

/// Heads that remember, have weights of their own shape, or go by the names of classes, in a recipe.
@Suite struct HeadTrainingTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    @Test(arguments: [
        "a-softmax", "adaface", "elasticface", "camri", "weighted-softmax", "real-world-weight", "subcenter-arcface",
        "uniface", "oc-softmax",
    ])
    func itTrains(_ name: String) throws {
        var settings = ["head={name: \(name)}", "training.epochs=1", "training.learning_rate=0.001"]
        if name == "oc-softmax" {
            settings.append("data.split={train: 0.25, development: 0.25, test: 0.5}")
        }
        if try HeadPreset.named(name).needsClasses {
            let names = try OpenedData(place.recipe().data, roots: place.roots).classes.names
            settings[0] = "head={name: \(name), classes: [\(names[1])]}"
        }
        let recipe = try place.recipe(settings)
        var losses: [Double] = []
        let outcome = try TrainingExperiment(recipe, roots: place.roots, runs: place.runs).run { event in
            if case .training(.stepped(let report, _)) = event { losses.append(report.loss) }
        }
        #expect(outcome.isComplete && !losses.isEmpty && losses.allSatisfy(\.isFinite))

        // What the head remembers is in the checkpoint.
        let head = try recipe.head.head(classNames: OpenedData(recipe.data, roots: place.roots).classes.names)
        let checkpoint = try #require(
            CheckpointStore(folder: outcome.folder.checkpoints).newest { _, error in Issue.record("\(error)") })
        let kept = checkpoint.tensors.keys.filter { $0.hasPrefix("head.state.") }
        #expect(kept.count == head.initialState.names.count)
        if let step = checkpoint.tensors["head.state.step"] { #expect(try step.item() == Double(losses.count)) }
    }
}
