import Datasets
import Experiments
import TestSupport
import Testing

@Suite struct SplitRecipeTests {
    private func data(_ section: String, file: String = "r.yaml") throws -> DataRecipe {
        try Recipe(RecipeDocument(file: file, text: "name: a\ndata: {\(section)}\n")).data
    }

    private func complaint(_ section: String) -> String { message { try data(section) } ?? "none" }

    @Test func theFormatIsGuessedFromThePath() throws {
        #expect(try data("path: people").format == .folders)
        #expect(try data("path: people/manifest.csv").format == .manifest)
        #expect(try data("path: mnist_idx").format == .idx)
        #expect(try data("path: sets/cifar-10-batches-bin").format == .cifar)
        #expect(try data("path: cifar-100-binary/").format == .cifar)
        #expect(try data("path: signs/GTSRB").format == .gtsrb)
        #expect(try data("path: faces/train.rec").format == .recordIO)
        #expect(try data("path: faces, format: recordio").format == .recordIO)
        #expect(try data("path: faces/shard-000.tar").format == .shards)
        #expect(try data("path: GTSRB/people").format == .folders)
        #expect(try data("path: omniglot").format == .omniglot)
        #expect(try data("path: sets/images_background").format == .omniglot)
        #expect(try data("path: list.csv, format: folders").format == .folders)
        #expect(complaint("path: x, format: idxx").contains("data.format: must be one of folders, manifest, idx"))
    }

    @Test func sharesOfIdentities() throws {
        let split = try data("path: x, split: {train: 0.8, development: 0, seed: 3}").split
        guard case .fractions(let shares, let seed) = split else {
            Issue.record("shares were given")
            return
        }
        #expect(shares.map(\.name) == ["train", "test"] && shares.map(\.share) == [0.8, 0.15] && seed == 3)
        #expect(complaint("path: x, split: {train: 1.5}").contains("data.split.train: must be a share from 0 to 1"))
        #expect(complaint("path: x, split: {train: 1, dev: 0.1}").contains("data.split.dev: is no key here"))
    }

    @Test func listsOfIdentities() throws {
        guard case .lists(let lists) = try data("path: x, split: {train: [ann, 7], test: [bob, 010]}").split else {
            Issue.record("lists were given")
            return
        }
        #expect(lists.map(\.name) == ["train", "test"])
        #expect(lists.map(\.identities) == [["ann", "7"], ["bob", "010"]])
        #expect(complaint("path: x, split: {train: [a], seed: 3}").contains("seed: has no meaning with lists"))
        // A manifest is split by lists where there are some.
        guard case .lists = try data("path: x.csv, split: {train: [a, b], test: [c]}").split else {
            Issue.record("lists were given")
            return
        }
    }

    @Test func theManifestsColumn() throws {
        guard case .column = try data("path: x.csv").split, case .column = try data("path: x_idx").split else {
            Issue.record("a manifest has a column")
            return
        }
        guard case .fractions = try data("path: x.csv, split: {column: false}").split else {
            Issue.record("the column was ruled out")
            return
        }
        #expect(complaint("path: x.csv, split: {column: true, test: 0.5}").contains("has no meaning with column: true"))
    }

    @Test(arguments: ["cifar", "gtsrb"])
    func publishedSetsBringTheirOwnSplit(format: String) throws {
        guard case .column = try data("path: x, format: \(format)").split else {
            Issue.record("the files assign the sets")
            return
        }
    }

    @Test func cifarsLabelsAndTheGroupAreChosen() throws {
        #expect(try data("path: cifar-100-binary").labels == .fine)
        #expect(try data("path: cifar-100-binary, labels: coarse").labels == .coarse)
        #expect(complaint("path: cifar-100-binary, labels: corse").contains("data.labels: must be one of fine, coarse"))
        #expect(complaint("path: people, labels: fine").contains("data.labels: has no meaning with format: folders"))
        #expect(try data("path: people").groupColumn == nil)
        #expect(try data("path: omniglot, group_by: alphabet").groupColumn == "alphabet")
    }

    @Test(arguments: ["recordio", "shards", "omniglot"])
    func recordsAreSplitByShares(format: String) throws {
        guard case .fractions = try data("path: x, format: \(format)").split else {
            Issue.record("nothing assigns the sets")
            return
        }
    }

    @Test func aSplitFileLiesBesideTheRecipe() throws {
        guard case .file(let path) = try data("path: x, split: {file: splits/a.csv}", file: "Recipes/r.yaml").split,
            case .file(let absolute) = try data("path: x, split: {file: /s/a.csv}", file: "Recipes/r.yaml").split
        else {
            Issue.record("a file was given")
            return
        }
        #expect(path == "Recipes/splits/a.csv" && absolute == "/s/a.csv")
        #expect(complaint("path: x, split: {file: a.csv, train: 0.5}").contains("has no meaning with a split file"))
    }

    @Test func foldsOfTheTrainingSamples() throws {
        let data = try data("path: x.csv, shared_identities: true, split: {fold: 2/5}")
        #expect(data.fold == SplitFold(2, of: 5, seed: 1))
        #expect(try self.data("path: x.csv").fold == nil)
        let shared = "path: x.csv, shared_identities: true"
        for wrong in ["0/5", "6/5", "1/1", "2", "a/b", "1/2/3"] {
            #expect(complaint("\(shared), split: {fold: \(wrong)}").contains("data.split.fold: must be one of several"))
        }
        #expect(complaint("\(shared), split: {fold_seed: 2}").contains("fold_seed: has no meaning with no fold"))
        #expect(complaint("path: x.csv, split: {fold: 1/5}").contains("needs shared_identities: true"))
    }

    @Test func classesThatKeepAShare() throws {
        let data = try data("path: x.csv, keep: {cat: 0.1, speed 20: 1}, keep_seed: 3")
        #expect(data.thinning == TrainingThinning(["cat": 0.1, "speed 20": 1], seed: 3))
        #expect(complaint("path: x.csv, keep: {cat: 0}").contains("data.keep: cat must keep a share above 0"))
        #expect(complaint("path: x.csv, keep: {cat: a}").contains("data.keep"))
        #expect(complaint("path: x.csv, keep_seed: 3").contains("keep_seed: has no meaning with no class"))
    }
}
