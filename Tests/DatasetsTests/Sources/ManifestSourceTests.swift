import Testing

@testable import Datasets

@Suite struct ManifestSourceTests {
    private func items(_ text: String) throws -> [Item] {
        try ManifestSource(path: "folder/m.csv", content: Array(text.utf8)).items
    }

    @Test func readsEveryColumn() throws {
        let items = try items("split,path,age,label,group\ntrain,a/1.png,41,\"Müller, Ä.\",g1\n,/b.png,,B,\n")
        #expect(
            items == [
                Item(path: "a/1.png", label: "Müller, Ä.", group: "g1", split: "train", columns: ["age": "41"]),
                Item(path: "/b.png", label: "B", columns: ["age": ""]),
            ])
    }

    @Test func readsLandmarks() throws {
        let header = "path,label,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5"
        let items = try items("\(header)\na,A,1,2,3.5,4,5,6,7,8,9,1e1\nb,B,,,,,,,,,,\n")
        #expect(items[0].landmarks?.points.map(\.x) == [1, 3.5, 5, 7, 9])
        #expect(items[0].landmarks?.rightMouthCorner == Point(x: 9, y: 10))
        #expect(items[1].landmarks == nil)
        #expect(items[0].columns.isEmpty)
    }

    @Test func pathsAreRelativeToTheManifest() throws {
        let folder = try TemporaryFolder()
        try folder.write("set/pictures/1.pgm", pixel(7))
        let path = try folder.write("set/m.csv", "path,label\npictures/1.pgm,A\n")
        let source = try ManifestSource(path: path)
        #expect(try source.image(of: source.items[0]).pixels == [7])
        #expect(source.place(of: Item(path: "/x/y.png", label: "")) == "/x/y.png")
    }

    @Test(arguments: [
        ("", "folder/m.csv: is empty"), ("path,label\n", "lists no samples"),
        ("path,lable\na,A\n", "folder/m.csv:1: the header has no column 'label'; was 'lable' meant?"),
        ("path,label,label\na,A,B\n", "'label' occurs twice"), ("path,label,\na,A,B\n", "column 3 has no name"),
        ("path,label\na,A\nb\n", "folder/m.csv:3: 1 cells where the header names 2"),
        ("path,label\n,A\n", "m.csv:2: its path is empty"), ("path,label\na,\n", "m.csv:2: its label is empty"),
        ("path,label,x1,y1\na,A,1,2\n", "missing: x2, y2"),
        ("path,label,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\na,A,1,2,3,4,5,6,7,8,9,nan\n", "m.csv:2: its y5 is 'nan'"),
    ])
    func mistakesNameFileAndLine(_ text: String, _ part: String) {
        let found = message { try items(text) }
        #expect(found?.contains(part) == true, "\(found ?? "no error")")
    }
}
