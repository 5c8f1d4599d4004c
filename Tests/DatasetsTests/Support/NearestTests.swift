import Testing

@testable import Datasets

@Suite struct NearestTests {
    @Test(arguments: [
        ("label", "label", 0), ("lable", "label", 1), ("", "abc", 3), ("kitten", "sitting", 3),
        ("ca", "abc", 3), ("abcd", "acbd", 1),
    ])
    func distancesByHand(_ first: String, _ second: String, _ distance: Int) {
        #expect(editDistance(Array(first), Array(second)) == distance)
        #expect(editDistance(Array(second), Array(first)) == distance)
    }

    @Test func findsTheMeantName() {
        let names = ["epochs", "batchSize", "seed", "margin"]
        #expect(nearest("epoch", among: names) == "epochs")
        #expect(nearest("BATCHSIZE", among: names) == "batchSize")
        #expect(nearest("sede", among: names) == "seed")
        #expect(nearest("optimizer", among: names) == nil)
        #expect(nearest("x", among: [String]()) == nil)
        #expect(nearest("s1", among: ["s3", "s2"]) == "s2")
    }
}
