import AngularMargin
import Datasets
import Experiments
import Foundation
import Models
import TestSupport
import Testing
import Training

@Suite struct RecipeTests {
    private func recipe(_ text: String, _ settings: String...) throws -> Recipe {
        try Recipe(RecipeDocument(file: "r.yaml", text: text, settings: settings.map(RecipeDocument.Setting.init)))
    }

    private func complaint(_ text: String, _ settings: String...) -> String {
        message {
            try Recipe(RecipeDocument(file: "r.yaml", text: text, settings: settings.map(RecipeDocument.Setting.init)))
        } ?? "none"
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        let recipe = try recipe("name: a\ndata: {path: people}\n")
        #expect(recipe.name == "a" && recipe.seed == 1 && recipe.data.path == "people")
        #expect(recipe.transform == PictureTransform(channels: 3, height: 112, width: 112))
        #expect(recipe.augmentation == Augmentation())
        #expect(recipe.network.name == "sfnet-20" && recipe.network.settings.input == [3, 112, 112])
        #expect(recipe.head.name == "cosface" && recipe.head.values.isEmpty)
        #expect(recipe.training.epochs == 20 && recipe.training.batch == 64 && recipe.training.learningRate == 0.1)
        #expect(recipe.training.optimizer == .sgd(momentum: 0.9, nesterov: false))
        #expect(recipe.training.shape == .cosine(final: 0) && recipe.training.margin == .none)
        #expect(recipe.evaluation.sets == ["test"] && recipe.evaluation.draws == 1000)
        guard case .fractions(let shares, seed: 1) = recipe.data.split else {
            Issue.record("folders are split by shares")
            return
        }
        #expect(shares.map(\.share) == [0.7, 0.15, 0.15])
    }

    @Test func everythingCanBeSaid() throws {
        let recipe = try recipe(
            """
            name: b
            seed: 7
            data: {path: x/manifest.csv, shared_identities: true, allow_duplicates: true}
            pictures: {size: [96, 80], color: grey, fit: crop, alignment: landmarks, normalization: picture, \
            equalization: true}
            augmentation: {flip: 0.5, shift: 0.1, zoom: 0.2, rotation: 10, brightness: 0.3, contrast: 0.4, \
            saturation: 0.5, hue: 0.1, gamma: 2, erasing: 0.25, erased_area: [0.1, 0.2], erased_aspect: 0.5}
            network: {name: sfnet-4, embedding: 64, activation: relu}
            head: {name: arcface, s: 32, m: 0.4, gradient: detached, projected: true}
            training: {epochs: 3, batch: 8, sampler: identities, identities_in_batch: 4, pictures_of_identity: 2, \
            optimizer: adamw, beta1: 0.8, beta2: 0.95, learning_rate: 0.002, head_rate: 2, weight_decay: 0.1, \
            schedule: step, drops: [0.3, 0.6], factor: 0.5, warm_up: 1.5, margin_ramp: [0.1, 0.4], \
            gradient_norm_limit: 5, workers: 0, device: cpu, accumulation: 2, precision: bfloat16, average: 0.99, \
            validate_every: 10, patience: 3, checkpoint_every: 50}
            evaluation: {mirrored: true, sets: [test, unseen], false_accept_rates: [0.05], threshold_rates: [0.2], \
            by: light, draws: 50, one_shot: x/one_shot.csv}
            """)
        #expect(recipe.data.format == .manifest && recipe.data.identities == .shared && recipe.data.allowsDuplicates)
        #expect(
            recipe.transform
                == PictureTransform(
                    channels: 1, height: 96, width: 80, fit: .crop, alignment: .landmarks, normalization: .picture,
                    equalization: true))
        #expect(
            recipe.augmentation
                == Augmentation(
                    flip: 0.5, shift: 0.1, zoom: 0.2, rotation: 10, brightness: 0.3, contrast: 0.4,
                    saturation: 0.5, hue: 0.1, gamma: 2, erasing: 0.25, erasedArea: 0.1...0.2, erasedAspect: 0.5))
        #expect(recipe.network.settings.embedding == 64 && recipe.network.settings.input == [1, 96, 80])
        #expect(recipe.head.values == ["s": 32, "m": 0.4, "gradient": "detached", "projected": true])
        #expect(recipe.head.summary == "arcface gradient=detached m=0.4 projected=true s=32")
        #expect(recipe.training.sampler == .identities && recipe.training.identitiesInBatch == 4)
        #expect(recipe.training.optimizer == .adamW(beta1: 0.8, beta2: 0.95))
        #expect(recipe.training.shape == .step(fractions: [0.3, 0.6], factor: 0.5))
        #expect(recipe.training.warmUp == 1.5 && recipe.training.margin == MarginSchedule(start: 0.1, end: 0.4))
        #expect(recipe.training.gradientNormLimit == 5 && recipe.training.workers == 0)
        #expect(recipe.training.accumulation == 2 && recipe.training.precision == .bfloat16)
        #expect(recipe.training.average == 0.99 && recipe.training.validateEvery == 10)
        #expect(recipe.training.patience == 3 && recipe.training.checkpointEvery == 50)
        #expect(recipe.evaluation.mirrored && recipe.evaluation.sets == ["test", "unseen"])
        #expect(recipe.evaluation.by == "light" && recipe.evaluation.oneShot == "x/one_shot.csv")
    }

    /// One line each below `name` and `data`, so that the mistake is in line 3 or 4.
    @Test(arguments: [
        ("training:\n  epoch: 3", "r.yaml:4: training.epoch: is no key here; did you mean epochs?"),
        ("trainning: {}", "r.yaml:3: trainning: is no key here; did you mean training?"),
        ("training: {quux: 3}", "r.yaml:3: training.quux: is no key here; known here: accumulation, average, batch"),
        ("training: 3", "r.yaml:3: training: is a section"),
        ("training: {epochs: many}", "r.yaml:3: training.epochs: must be a whole number, not “many”"),
        ("training: {epochs: 2.5}", "training.epochs: must be a whole number, not “2.5”"),
        ("training: {epochs: [1, 2]}", "training.epochs: must be a whole number, not “[1, 2]”"),
        ("training: {epochs: 0}", "r.yaml:3: training.epochs: must be from 1 to 1000000, not 0"),
        ("training: {learning_rate: 1e5}", "training.learning_rate: must be from 1e-12 to 1000, not 100000"),
        ("training: {learning_rate: .inf}", "training.learning_rate: must be a number, not “.inf”"),
        ("training: {gradient_norm_limit: -1}", "gradient_norm_limit: must be from 1e-12 to 1e12, not -1"),
        ("training: {workers: 1000}", "training.workers: must be from 0 to 256, not 1000"),
        ("training: {accumulation: 0}", "training.accumulation: must be a number of pieces, 1 to 1000000, not 0"),
        ("training: {precision: half}", "training.precision: must be one of float32, bfloat16, not “half”"),
        ("training: {average: 1}", "training.average: must be a decay from 0 to below 1, such as 0.999, not 1"),
        ("training: {validate_every: 0}", "training.validate_every: must be a number of steps, 1 or more, not 0"),
        ("training: {patience: 0}", "training.patience: must be a number of measurements, 1 or more, not 0"),
        ("training: {optimizer: adam}", "must be one of sgd, adamw, not “adam” (did you mean adamw?)"),
        ("training: {optimizer: adamw, momentum: 0.9}", "momentum: has no meaning with optimizer: adamw"),
        ("training: {beta1: 0.9}", "training.beta1: has no meaning with optimizer: sgd; leave it out"),
        ("training: {momentum: 0, nesterov: true}", "training.nesterov: needs a momentum above 0"),
        ("training: {momentum: 1}", "training.momentum: must be from 0 to below 1, not 1"),
        ("training: {drops: [0.5]}", "training.drops: has no meaning with schedule: cosine"),
        ("training: {schedule: step, drops: [5]}", "training.drops: must be fractions of the run"),
        ("training: {margin_ramp: [0.5, 0.1]}", "training.margin_ramp: must be [start, end]"),
        ("training: {margin_ramp: 0.5}", "training.margin_ramp: must be [start, end]"),
        ("training: {sampler: weigthed}", "one of shuffled, balanced, weighted, identities, not “weigthed”"),
        ("training: {frequency_power: 1}", "training.frequency_power: has no meaning with sampler: shuffled"),
        ("training: {sampler: balanced, class_weights: {a: 1}}", "class_weights: has no meaning with sampler: bal"),
        ("training: {sampler: weighted, frequency_power: 5}", "training.frequency_power: must be from 0 to 4, not 5"),
        ("training: {sampler: weighted, class_weights: {a: -1}}", "class_weights: must be weights from 0 to 1000000"),
        ("training: {sampler: weighted, class_weights: 3}", "must be a section of names, each with a number"),
        ("training: {mixup: 5}", "training.mixup: must be from 0 to 4, not 5"),
        ("pictures: {size: 112}", "pictures.size: must be [height, width] in pixels"),
        ("pictures: {size: [0, 5]}", "pictures.size: must be [height, width] in pixels"),
        ("pictures: {size: [a, b]}", "pictures.size: must be a list, each a whole number"),
        ("pictures: {color: gray}", "must be one of grey, rgb, not “gray” (did you mean grey?)"),
        ("pictures: {equalization: 1}", "pictures.equalization: must be true or false, not “1”"),
        ("augmentation: {flip: 2}", "augmentation.flip: must be from 0 to 1.0, not 2"),
        ("augmentation: {rotation: 200}", "augmentation.rotation: must be from 0 to 180 degrees, not 200"),
        ("augmentation: {hue: 0.6}", "augmentation.hue: must be from 0 to 0.5, not 0.6"),
        ("augmentation: {saturation: -0.1}", "augmentation.saturation: must be from 0 to 1.0, not -0.1"),
        ("augmentation: {erasing: 1.5}", "augmentation.erasing: must be from 0 to 1.0, not 1.5"),
        ("augmentation: {erased_area: [0.3, 0.2]}", "augmentation.erased_area: must be [least, largest]"),
        ("augmentation: {erased_aspect: 0}", "augmentation.erased_aspect: must be from 0.01 to 1, not 0"),
        ("network: {name: sfnet-21}", "r.yaml:3: network.name: sfnet-21 is none of"),
        ("network: {embeding: 5}", "network.embeding: is no setting of a network; was embedding meant?"),
        ("network: {embedding: 1}", "network.embedding: 1 is no number of dimensions that leaves room for angles"),
        ("network: {embedding: big}", "network.embedding: big must be a whole number"),
        ("network: {input: [1, 2, 3]}", "network.input: follows from pictures.size and pictures.color"),
        ("head: {name: cosfaze}", "head.name: there is no head “cosfaze”; did you mean “cosface”?"),
        ("head: {mm: 0.3}", "r.yaml:3: head.mm: the head cosface has no key “mm”"),
        ("head: {m: 9}", "head.m: m is 9 where a number from 0 to 2 is wanted"),
        ("head: {m: nan}", "head.m: m is nan where a number from 0 to 2 is wanted"),
        ("head: {m: [1, 2]}", "head.m: m is 1,2 where a number from 0 to 2 is wanted"),
        ("evaluation: {sets: []}", "evaluation.sets: must name a set at least"),
        ("evaluation: {false_accept_rates: [0, 1]}", "false_accept_rates: must be rates above 0 and below 1"),
        ("evaluation: {draws: 1}", "evaluation.draws: must be from 10 to 1000000, not 1"),
        ("seed: -1", "r.yaml:3: seed: must be 0 or more, not -1"),
    ])
    func mistakesAreNamedWithFileLineAndKey(_ lines: String, _ expected: String) {
        let text = complaint("name: a\ndata: {path: people}\n\(lines)\n")
        #expect(text.contains(expected), "\(text)")
        #expect(text.hasPrefix("r.yaml:"))
    }

    @Test func whatMustBeGivenIsAskedFor() {
        #expect(complaint("data: {path: x}") == "r.yaml: name: is missing; give a word or text")
        #expect(complaint("name: a") == "r.yaml: data.path: is missing; give a word or text")
        #expect(complaint("") == "r.yaml: name: is missing; give a word or text")
        for name in ["a/b", ".a", "''"] {
            #expect(complaint("name: \(name)\ndata: {path: x}").contains("name: names the run folder"))
        }
    }

    @Test func whatIsNoRecipeIsRefused() throws {
        #expect(complaint("- a\n- b").contains("a recipe is made of `key: value` lines"))
        #expect(complaint("name: [a\nb: c").contains("this is not YAML"))
        let setting = message {
            try Recipe(RecipeDocument(file: "r.yaml", text: "name: a", settings: [.init("data.keep={cat: 0.1")]))
        }
        #expect(setting?.contains("data.keep: “{cat: 0.1” is no value in YAML") == true)
        #expect(complaint("name: a\nname: b\ndata: {path: x}").contains("r.yaml: this is not YAML"))

        let folder = try TemporaryFolder()
        let missing = message { try RecipeDocument(path: folder("no.yaml")) }
        #expect(missing?.contains("no.yaml: there is no recipe file of this name") == true)
        #expect(message { try RecipeDocument(path: folder.path) }?.contains("cannot be read as a file") == true)
        let file = try folder.write("bytes.yaml", [0xFF, 0xFE, 0x00])
        #expect(message { try RecipeDocument(path: file) } == "\(file): is not text in UTF-8; a recipe is a YAML file")
    }

    @Test func theCommandLineWins() throws {
        let text = "name: a\ndata: {path: people}\ntraining: {epochs: 9}\n"
        let recipe = try recipe(
            text, "training.epochs=5", "name=b", "head.name=arcface", "pictures.size=[20, 30]", "seed=4",
            "evaluation.by=x=y")
        #expect(recipe.training.epochs == 5 && recipe.name == "b" && recipe.head.name == "arcface")
        #expect(recipe.transform.height == 20 && recipe.transform.width == 30 && recipe.seed == 4)
        #expect(recipe.evaluation.by == "x=y")
        #expect(complaint(text, "training.epoch=5").contains("r.yaml: training.epoch: is no key here"))
        // The line of what was replaced would mislead.
        #expect(complaint(text, "training.epochs=no") == "r.yaml: training.epochs: must be a whole number, not “no”")
        #expect(complaint(text, "name.first=5").contains("--set: name.first: a part of this key is a value"))
    }

    @Test(arguments: ["training.epochs", "=5", "a..b=5", ".a=5", ""])
    func settingsThatAreNoneAreRefused(_ text: String) {
        let error = #expect(throws: RecipeError.self) { try RecipeDocument.Setting(text) }
        #expect(error?.message.contains("write key=value") == true)
    }

    @Test(arguments: [
        ToyRecipe.text, "name: a\ndata: {path: people}\n", "name: '007'\ndata: {path: a.csv}\n",
        "name: a\ndata: {path: x, split: {train: [0, 1, b], test: [c, 'null']}}\n",
        "name: a\ndata: {path: mnist_idx}\ntraining: {schedule: polynomial, optimizer: adamw, workers: 3}\n",
        "name: a\ndata: {path: x, split: {file: s.csv}}\nhead: {name: sphereface2}\nevaluation: {by: light}\n",
        "name: a\ndata: {path: x}\ntraining: {sampler: weighted, frequency_power: 0.5, class_weights: {b: 2, 1: 0.5}}\n",
        "name: a\ndata: {path: x}\nhead: {name: sphereface-r, variant: v1}\nnetwork: {name: sfnet-small}\n",
    ])
    func theResolvedRecipeGivesTheSame(_ text: String) throws {
        let first = try recipe(text)
        let second = try recipe(first.resolved)
        #expect(second.resolved == first.resolved)
        #expect(second.name == first.name && second.transform == first.transform && second.network == first.network)
        #expect(try second.head.head(classNames: []).scale == first.head.head(classNames: []).scale)
        #expect(second.training.optimizer == first.training.optimizer && second.training.shape == first.training.shape)
        #expect(second.training.classWeights == first.training.classWeights)
        #expect(second.training.frequencyPower == first.training.frequencyPower)
        #expect("\(second.evaluation)" == "\(first.evaluation)")
        if case .file = first.data.split {} else { #expect("\(second.data)" == "\(first.data)") }
    }
}
