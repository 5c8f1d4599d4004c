import Datasets
import Experiments
import Foundation
import TestSupport
import Testing

@Suite struct OpenedDataTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func open(_ data: String) throws -> OpenedData {
        let recipe = try Recipe(RecipeDocument(file: "r.yaml", text: "name: a\ndata: {\(data)}\n"))
        return try OpenedData(recipe.data, roots: place.roots)
    }

    private func complaint(_ data: String) -> String { message { try open(data) } ?? "none" }

    /// The groups of each set.
    private func groups(_ data: OpenedData) -> [Set<String>] {
        data.split.parts.map { part in Set(part.indices.compactMap { data.source.items[$0].group }) }
    }

    private func picture(_ identity: Int, _ number: Int) throws -> [UInt8] {
        try Toy.picture(identity: identity, number: number).pngData()
    }

    @Test func whatCanBePreparedIsSaidToBe() {
        #expect(complaint("path: digits/manifest.csv").contains("or run `margin prepare digits`"))
        #expect(!complaint("path: my_faces").contains("prepare"))
    }

    @Test func foldersAreSplitByIdentity() throws {
        let data = try open("path: people, split: {train: 0.5, development: 0.25, test: 0.25}")
        #expect(data.classes.names.count == 4)
        let labels = try ["train", "development", "test"].map { Set(data.labels(of: try data.indices(of: $0))) }
        #expect(labels.map(\.count) == [4, 2, 2] && labels[0].union(labels[1]).union(labels[2]).count == 8)
        let text = message { try data.indices(of: "tset") }
        #expect(text == "tset: is no set of this split; there are train, development, test")
    }

    @Test func publishedFormatsAreOpened() throws {
        // Four records of two classes, each picture of one grey of its own.
        func records(_ first: UInt8) -> [UInt8] {
            (0..<4).flatMap { [UInt8($0) % 2] + [UInt8](repeating: first + UInt8($0), count: 3072) }
        }
        try place.folder.write("cifar-10-batches-bin/data_batch_1.bin", records(0))
        try place.folder.write("cifar-10-batches-bin/test_batch.bin", records(100))
        let cifar = try open("path: cifar-10-batches-bin, shared_identities: true")
        #expect(cifar.split.parts.map(\.name) == ["train", "test"] && cifar.classes.names == ["0", "1"])

        for (set, names) in [
            ("Final_Training/Images/00000", ["0_0", "1_0"]), ("Final_Training/Images/00001", ["0_0", "1_0"]),
        ] {
            let label = set.suffix(5)
            let rows = names.map { "\($0).ppm;\(Int(label) ?? 0)" }
            try place.folder.write(
                "GTSRB/\(set)/GT-\(label).csv", (["Filename;ClassId"] + rows).joined(separator: "\n"))
            for (number, name) in names.enumerated() {
                try place.folder.write(
                    "GTSRB/\(set)/\(name).ppm", "P5 1 1 255 \(label.last == "0" ? "a" : "b")\(number)")
            }
        }
        try place.folder.write(
            "GTSRB/Final_Test/GT-final_test.csv", "Filename;ClassId\n0.ppm;0\n1.ppm;0\n2.ppm;1\n3.ppm;1\n")
        for number in 0..<4 { try place.folder.write("GTSRB/Final_Test/Images/\(number).ppm", "P5 1 1 255 c\(number)") }
        let signs = try open("path: GTSRB, shared_identities: true")
        #expect(signs.split.parts.map(\.indices.count) == [4, 4])
        #expect(complaint("path: faces, format: recordio").contains("faces: was not found"))
        #expect(complaint("path: people, format: recordio").contains("train.rec: cannot be opened"))
        try place.folder.write("other.rec", "")
        #expect(complaint("path: other.rec").contains("other.idx: cannot be opened"))
        #expect(complaint("path: people, format: shards").contains("people: holds no samples"))
    }

    @Test func recipesChooseAmongTheLabelsOfCIFAR100() throws {
        // Coarse before fine: four fine classes in two coarse ones.
        func records(_ first: UInt8) -> [UInt8] {
            (UInt8(0)..<8).flatMap { record in
                [record % 2, record % 4] + [UInt8](repeating: first + record, count: 3072)
            }
        }
        try place.folder.write("cifar-100-binary/train.bin", records(0))
        try place.folder.write("cifar-100-binary/test.bin", records(100))
        let path = "path: cifar-100-binary, shared_identities: true"
        #expect(try open(path).classes.names == ["0", "1", "2", "3"])
        let coarse = try open("\(path), labels: coarse")
        #expect(coarse.classes.names == ["0", "1"] && coarse.source.items[3].columns == ["fine": "3"])
    }

    @Test func tracksOfSignsStayTogetherWhenTrainingIsSplit() throws {
        // Two classes of four tracks with three frames each.
        var grey: UInt8 = 65
        for label in 0..<2 {
            let set = "GTSRB/Final_Training/Images/0000\(label)"
            var lines = ["Filename;ClassId"]
            for track in 0..<4 {
                for frame in 0..<3 {
                    let name = "0000\(track)_0000\(frame).ppm"
                    lines.append("\(name);\(label)")
                    try place.folder.write("\(set)/\(name)", Array("P5 1 1 255 ".utf8) + [grey])
                    grey += 1
                }
            }
            try place.folder.write("\(set)/GT-0000\(label).csv", lines.joined(separator: "\n"))
        }
        for seed in 1...5 {
            let data = try open(
                "path: GTSRB, shared_identities: true, split: {train: 0.5, development: 0.25, test: 0.25, seed: \(seed)}"
            )
            #expect(data.split.parts.map(\.indices.count) == [12, 6, 6])
            let tracks = groups(data)
            #expect(tracks.map(\.count) == [4, 2, 2] && Set(tracks.joined()).count == 8)
        }
    }

    @Test func aColumnCanKeepPicturesTogether() throws {
        var lines = ["path,label,family"]
        for identity in 0..<8 {
            for number in 0..<2 { lines.append("p\(identity)/\(number).png,p\(identity),f\(identity / 2)") }
        }
        try place.folder.write("people/families.csv", lines.joined(separator: "\n"))
        let data = try open(
            "path: people/families.csv, group_by: family, split: {column: false, train: 0.5, development: 0.25, test: 0.25}"
        )
        let families = groups(data)
        #expect(families.map(\.count) == [2, 1, 1] && Set(families.joined()).count == 4)
        #expect(complaint("path: people/families.csv, group_by: famly, split: {column: false}").contains("'famly'"))
    }

    @Test func whatIsMissingOrEmptyIsNamed() throws {
        #expect(complaint("path: nowhere").contains("nowhere: was not found; searched: \(place.folder.path)/nowhere"))
        try FileManager.default.createDirectory(atPath: place.folder("empty"), withIntermediateDirectories: true)
        #expect(complaint("path: empty").contains("\(place.folder("empty")): no samples here"))
    }

    @Test func tooFewIdentitiesOrPicturesAreNamedWithTheFolder() throws {
        for number in 0..<5 { try place.folder.write("one/ann/\(number).png", picture(0, number)) }
        #expect(complaint("path: one").contains("one: all samples bear the label 'ann'"))
        for identity in 0..<9 { try place.folder.write("single/p\(identity)/a.png", picture(identity, 0)) }
        let text = complaint("path: single, split: {train: 0.4, development: 0.3, test: 0.3}")
        #expect(text.contains("single: the set 'development'") && text.contains("one picture each"))
        for identity in 0..<2 { try place.folder.write("two/p\(identity)/a.png", picture(identity, 0)) }
        #expect(complaint("path: two").contains("two: the set "))
    }

    @Test func equalPicturesAreRefusedUnlessAllowed() throws {
        for identity in 0..<8 {
            for number in 0..<4 {
                try place.folder.write("equal/p\(identity)/\(number).png", picture(identity, number))
            }
        }
        try place.folder.write("equal/p1/copy.png", picture(0, 0))
        let split = "split: {train: 0.5, development: 0.25, test: 0.25}"
        let text = complaint("path: equal, \(split)")
        #expect(text.contains("p0/0.png") && text.contains("p1/copy.png") && text.contains("`allow_duplicates: true`"))
        _ = try open("path: equal, allow_duplicates: true, \(split)")
    }

    @Test func aManifestListsAPictureOnce() throws {
        var lines = ["path,label,split"]
        for (identity, set) in ["train", "train", "test", "test"].enumerated() {
            for number in 0..<3 { lines.append("p\(identity)/\(number).png,p\(identity),\(set)") }
        }
        try place.folder.write("people/good.csv", lines.joined(separator: "\n"))
        #expect(try open("path: people/good.csv").split.parts.map(\.indices.count) == [6, 6])
        try place.folder.write("people/twice.csv", (lines + ["p3/1.png,p3,test"]).joined(separator: "\n"))
        let text = complaint("path: people/twice.csv")
        #expect(text.contains("twice.csv: lists 'p3/1.png' twice; remove one of the lines"))
        _ = try open("path: people/twice.csv, allow_duplicates: true")
    }

    @Test func manifestsThatDoNotFitAreNamedWithTheirLine() throws {
        try place.folder.write("people/cells.csv", "path,label,split\np0/0.png,p0\n")
        #expect(complaint("path: people/cells.csv").contains("cells.csv:2: 2 cells where the header names 3"))
        try place.folder.write("people/header.csv", "path,lable\np0/0.png,p0\n")
        #expect(complaint("path: people/header.csv").contains("was 'lable' meant?"))
        try place.folder.write("people/sets.csv", "path,label,split\np0/0.png,p0,a\np1/0.png,p1,a\np2/0.png,p2,b\n")
        #expect(complaint("path: people/sets.csv").contains("sets.csv: "))
        try place.folder.write("people/gone.csv", "path,label,split\np0/0.png,p0,train\np1/gone.png,p1,train\n")
        #expect(complaint("path: people/gone.csv").contains("p1/gone.png: cannot be opened"))
        try place.folder.write("people/named.csv", "path,label,split\np0/0.png,p0,a\np1/0.png,p1,a\n")
        #expect(complaint("path: people/named.csv").contains("named.csv: has no set called train"))
    }

    @Test func splitFilesThatDoNotFitAreNamed() throws {
        let file = try place.folder.write("s.csv", "label,split\np0,train\np9,test\n")
        let text = complaint("path: people, split: {file: \(file)}")
        #expect(text.contains("p9") && text.contains("s.csv"))
        let missing = complaint("path: people, split: {file: \(place.folder("no.csv"))}")
        #expect(missing.contains("no.csv: cannot be opened"))
    }
}
