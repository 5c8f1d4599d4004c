import Testing

@testable import Verification

struct TemplatePoolingTests {
    @Test func aVideoWeighsAsMuchAsAPicture() throws {
        // Medium 7 is a video of three frames with mean (0, 1); medium 8 a picture at (1, 0).
        let pooled = try pooledTemplates(
            [[0, 1], [0, 2], [0, 0], [1, 0], [0, -3]], templates: ["p", "p", "p", "p", "q"], media: [7, 7, 7, 8, 1])
        #expect(pooled.templates == ["p", "q"])
        #expect(pooled.vectors[0].allSatisfy { abs($0 - 0.70710678) < 1e-6 })
        #expect(pooled.vectors[1] == [0, -1])
    }

    @Test func weightsMultiplyFeatures() throws {
        let pooled = try pooledTemplates([[3, 0], [0, 1]], templates: [1, 1], media: [1, 2], weights: [1, 4])
        #expect(abs(pooled.vectors[0][0] - 0.6) < 1e-6)
        #expect(abs(pooled.vectors[0][1] - 0.8) < 1e-6)
    }

    @Test func featuresThatCancelGiveZero() throws {
        #expect(try pooledTemplates([[1, 0], [-1, 0]], templates: [1, 1], media: [1, 1]).vectors == [[0, 0]])
    }

    @Test func whatDoesNotFitIsRefused() {
        #expect(throws: VerificationError.self) { try pooledTemplates([], templates: [Int](), media: []) }
        #expect(throws: VerificationError.self) { try pooledTemplates([[1]], templates: [1, 2], media: [1]) }
        #expect(throws: VerificationError.self) {
            try pooledTemplates([[1], [1, 2]], templates: [1, 2], media: [1, 1])
        }
    }
}
