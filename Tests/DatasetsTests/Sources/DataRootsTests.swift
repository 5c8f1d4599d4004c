import Testing

@testable import Datasets

@Suite struct DataRootsTests {
    @Test func searchesInOrder() throws {
        let folder = try TemporaryFolder()
        let work = folder.path + "/work"
        try folder.write("work/recipe.yaml", "")
        let roots = DataRoots(
            option: "given", environment: ["ANGULARMARGIN_DATA": "\(folder.path)/variable"], workingFolder: work)
        let places = ["shared/data", "work/data", "variable", "work/given"]
        // Each place written later stands earlier in the order.
        for place in places {
            try folder.write("\(place)/faces/x", "x")
            let found = try roots.resolve("faces")
            #expect(found.hasSuffix(place == "shared/data" ? "work/../shared/data/faces" : "\(place)/faces"))
        }
    }

    @Test func theErrorListsEveryPlace() {
        let roots = DataRoots(option: "/given", environment: ["ANGULARMARGIN_DATA": "/variable"], workingFolder: "/w")
        let found = message { try roots.resolve("faces_x/train") } ?? ""
        for part in [
            "/given/faces_x/train (--data)", "/variable/faces_x/train (ANGULARMARGIN_DATA)",
            "/w/data/faces_x/train (./data)", "/w/../shared/data/faces_x/train", "--data",
        ] {
            #expect(found.contains(part))
        }
    }

    @Test func anAbsolutePathIsOnlyChecked() throws {
        let folder = try TemporaryFolder()
        let roots = DataRoots(option: nil, environment: [:], workingFolder: "/w")
        #expect(try roots.resolve(folder.path) == folder.path)
        #expect(roots.candidates.map(\.origin) == ["./data", "../shared/data"])
        #expect(throws: DataError.self) { try roots.resolve(folder.path + "/none") }
    }
}
