import TestSupport
import Testing

@Suite struct SurroundingsTests {
    @Test func theDoctorLooksAtEverything() throws {
        let margin = try Command()
        let findings = try #require(try margin("doctor", "--json").json()["findings"] as? [[String: Any]])
        #expect(findings.contains { $0["name"] as? String == "libtorch" && $0["isFine"] as? Bool == true })
        let text = try margin("doctor").output
        #expect(text.contains("✓ libtorch: ") && text.contains("✓ picture libraries: "))
    }

    @Test func preparing() throws {
        let margin = try Command()
        let folder = margin.folder
        #expect(try margin("prepare", "digit").refused("digit: is no data set", "did you mean digits?"))
        let missing = try margin("prepare", "faces_extyaleb", "--data", "nowhere")
        #expect(missing.code == 0 || missing.refused("faces_extyaleb: was not found; searched: "))

        let picture = try Toy.picture(identity: 0, number: 0).pngData()
        try folder.write("archives/faces_extyaleb/a/a_P00A+020E+10.png", picture)
        let place = try margin(
            "prepare", "faces_extyaleb", "--data", "archives", "--into", "recipe.yaml/data")
        #expect(place.refused("recipe.yaml/data: cannot be written", "--into"))
        let result = try margin("prepare", "faces_extyaleb", "--data", "archives", "--into", "made", "--json")
        #expect(result.code == 0)
        #expect(try result.json()["folder"] as? String == "made/faces_extyaleb")
        #expect(try folder.text("made/faces_extyaleb/manifest.csv").contains("pictures/a/a_P00A+020E+10.png,a,2"))
    }
}
