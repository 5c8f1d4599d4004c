import Datasets
import Experiments
import Foundation
import TestSupport
import Testing

@Suite struct RecipeCheckTests {
    private let place: Workplace
    private let lists = "data.split={train: [p0, p1, p2, p3], development: [p4, p5], test: [p6, p7]}"

    init() throws {
        place = try Workplace()
    }

    private func check(_ settings: String...) throws -> RecipeCheck {
        let file = try place.folder.write("recipe.yaml", ToyRecipe.text)
        let recipe = try Recipe(
            RecipeDocument(path: file, settings: try ([lists] + settings).map(RecipeDocument.Setting.init)))
        return try RecipeCheck(recipe, roots: place.roots)
    }

    @Test func aSoundRecipeIsDescribedAndMeasured() throws {
        let check = try check()
        #expect(check.isFine && check.problems.isEmpty && check.unreadable.isEmpty)
        #expect(check.pictures == 48 && check.sizes.map(\.size) == ["16×16 grey"] && check.sizes[0].pictures == 48)
        #expect(check.sets.map(\.name) == ["train", "development", "test"])
        #expect(check.sets.map(\.pictures) == [24, 12, 12] && check.sets.map(\.identities) == [4, 2, 2])
        #expect(check.sets.allSatisfy { $0.fewest == 6 && $0.median == 6 && $0.most == 6 && $0.single == 0 })
        #expect(check.epochs == 2 && check.steps == 6)
        let timing = try #require(check.timing)
        #expect(timing.network > 0 && timing.loading > 0 && timing.step > 0)
        #expect(abs(timing.total - 6 * timing.step) < 1e-9)
        // Weights, gradients, momentum; four bytes each.
        #expect(check.memory.parameters % 12 == 0 && check.memory.parameters > 12 * 100)
        #expect(check.memory.peak > 1 << 20)
        #expect(!place.folder.has("runs"))
    }

    @Test func theTimeIsThatOfTheRecipesSteps() throws {
        let check = try check("training.epochs=50", "training.optimizer=adamw")
        let timing = try #require(check.timing)
        #expect(check.steps == 150 && abs(timing.total - 150 * timing.step) < 1e-9)
        #expect(check.memory.parameters % 16 == 0)
    }

    @Test func whatCannotBeReadIsNamed() throws {
        let jpeg = try #require(Data(base64Encoded: Self.jpeg))
        try place.folder.write("people/p1/cut.jpg", Array(jpeg.dropLast(30)))
        try place.folder.write("people/p2/words.png", "no picture")
        try place.folder.write("people/p6/empty.png", [])
        let check = try check()
        #expect(!check.isFine && check.problems == ["3 of 51 pictures cannot be used"] && check.timing == nil)
        #expect(check.unreadable.count == 3)
        #expect(check.unreadable[0].contains("p1/cut.jpg: is a JPEG picture that ends too soon"))
        #expect(check.unreadable[1].contains("p2/words.png: is not a picture that can be read"))
        #expect(check.unreadable[2].contains("p6/empty.png: is empty"))
        #expect(check.sets.map(\.pictures) == [26, 12, 13] && check.sets[0].most == 7 && check.sets[0].median == 6.5)
    }

    @Test func whatIsNoSampleIsNamed() throws {
        try place.folder.write("people/p1/notes.txt", "none")
        try place.folder.write("people/p2/session/1.png", "none")
        let check = try check()
        #expect(check.isFine && check.pictures == 48 && check.skipped.count == 2)
        #expect(check.skipped[0].hasPrefix("p1/notes.txt does not end in"))
        #expect(check.skipped[1] == "p2/session is a folder inside an identity's folder")
    }

    @Test func whatTheTransformRefusesIsNamed() throws {
        let check = try check("pictures.alignment=landmarks")
        #expect(
            check.unreadable.count == 48 && check.unreadable[0].contains("the model aligns faces by five landmarks"))
    }

    @Test func equalFilesAreProblemsAndSimilarOnesAreNot() throws {
        // Smooth, as photographs are, unlike the toy's noise.
        var picture = Image(width: 64, height: 60, channels: 1, filledWith: 0)
        for y in 0..<60 {
            for x in 0..<64 {
                let (x, y) = (Double(x), Double(y))
                picture[Int(x), Int(y), 0] = UInt8(120 + 60 * cos(x / 11 + y / 40) + 50 * sin(y / 9 - x / 50))
            }
        }
        try place.folder.write("people/p0/a.png", picture.pngData())
        try place.folder.write("people/p6/b.png", picture.withBrightness(0.9).pngData())
        let similar = try check()
        #expect(similar.isFine)
        let pair = try #require(similar.alike.first)
        #expect(similar.alike.count { $0.correlation > 0.995 } == 1 && pair.correlation > 0.995)
        #expect(pair.first.hasSuffix("people/p0/a.png") && pair.second.hasSuffix("people/p6/b.png"))
        #expect(pair.crossesSplit && pair.crossesLabels)

        try place.folder.write("people/p6/b.png", picture.pngData())
        let equal = try check()
        #expect(equal.problems.count == 1 && equal.problems[0].contains("a.png = "))
        #expect(!equal.alike.contains { $0.second.hasSuffix("p6/b.png") && $0.first.hasSuffix("p0/a.png") })
        #expect(try check("data.allow_duplicates=true").isFine)
    }

    @Test func identitiesWithOnePictureAreCounted() throws {
        try place.folder.write("people/p9/only.png", Toy.picture(identity: 9, number: 0).pngData())
        let check = try check("data.split={train: [p0, p1, p2, p3, p9], test: [p6, p7]}")
        #expect(check.sets[0].single == 1 && check.sets[0].fewest == 1 && check.sets[0].median == 6)
        #expect(check.pictures == 49 && check.sets.map(\.pictures) == [25, 12])
    }

    @Test func whatTrainingRefusesIsRefused() throws {
        #expect(message { try check("data.path=nowhere") }?.contains("nowhere: was not found") == true)
        #expect(
            message { try check("training.sampler=identities", "training.identities_in_batch=5") }?
                .contains("a batch takes 5 identities and there are 4") == true)
    }

    /// A JPEG of 16 × 16 grey pixels, in Base64.
    private static let jpeg = """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCN\
        l4x9lnN+gXz/wAALCAAQABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAABQT/xAAjEAAABQIGAwAAAAAAAAAAAAABAgMEMQAFBhEhIkGBE1Nh\
        /9oACAEBAAA/ADG1sjbSza2Rtq9yqxtRM3aoFPlmVMupzTAdSOn2ineJF1dlsR8BfaoACfiAgOQ56r//2Q==
        """
}
