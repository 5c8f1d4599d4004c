import Foundation
import Gallery
import TestSupport
import Testing

/// Galleries by their verbs.
@Suite struct GalleryTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        try #require(try margin("train", "recipe.yaml").code == 0)
    }

    private var folder: TemporaryFolder { margin.folder }

    /// A gallery without strangers, and p0 and p1 with six pictures each.
    private func filled(_ name: String = "g.gallery") throws {
        #expect(try margin("gallery", "create", name, "--model", "runs/toy", "--no-cohort").code == 0)
        for person in ["p0", "p1"] {
            #expect(try margin("enroll", name, "data/people/\(person)", "--name", person).code == 0)
        }
    }

    @Test func fromPicturesToAnAnswer() throws {
        let made = try margin("gallery", "create", "g.gallery", "--model", "runs/toy")
        #expect(made.code == 0, "\(made.errors)")
        #expect(made.output.contains("the mean of their directions"))
        #expect(made.output.contains("strangers: the development identities of toy, 12 pictures"))
        let enrolled = try margin("enroll", "g.gallery", "data/people")
        #expect(enrolled.code == 0 && enrolled.output.contains("enrolled p3: 6 pictures\n"))
        #expect(enrolled.output.split(separator: "\n").count == 8)

        let text = try margin("identify", "g.gallery", "data/people/p0/0.png", "--top", "2")
        #expect(text.code == 0 && text.output.hasPrefix("data/people/p0/0.png: "), "\(text.errors)")
        let json = try margin(
            "identify", "g.gallery", "data/people/p0", "--fpir", "0.4", "--allow-unsupported", "--json"
        ).json()
        let pictures = try #require(json["pictures"] as? [[String: Any]])
        #expect(pictures.count == 6 && (pictures[0]["matches"] as? [Any])?.count == 5)
        // The two development identities are enrolled now, and so are no strangers any more.
        #expect(json["threshold"] == nil && pictures[0]["decision"] as? String == "undecided")
        let table = try margin("identify", "g.gallery", "data/people/p0", "--top", "3", "--csv")
        #expect(
            table.output.split(separator: "\n").count == 19 && table.output.hasPrefix("path,decision,rank,name,score\n")
        )

        let list = try margin("gallery", "list", "g.gallery")
        #expect(list.code == 0 && list.output.contains("p7") && list.errors.contains("8 people, 48 pictures"))
        let removed = try margin("gallery", "remove", "g.gallery", "p4", "p5")
        #expect(removed.output.contains("removed 12 pictures; g.gallery holds 6 people with 36 pictures"))
        #expect(try margin("gallery", "remove", "g.gallery", "p44").refused("g.gallery: “p44” is not enrolled"))
    }

    @Test func nobodyIsAnAnswer() throws {
        let arguments = [
            "gallery", "create", "g.gallery", "--model", "runs/toy", "--cohort", "data/people", "--fpir", "0.9",
        ]
        #expect(try margin.start(arguments).result().code == 0)
        #expect(try margin("enroll", "g.gallery", "data/people/p0", "--name", "p0").code == 0)
        let json = try margin("identify", "g.gallery", "data/people", "--json").json()
        let threshold = try #require(json["threshold"] as? [String: Any])
        #expect(threshold["strangerCount"] as? Int == 42 && threshold["identityCount"] as? Int == 1)
        #expect((threshold["rateAttained"] as? Double).map { $0 <= 0.9 && $0 > 0.8 } == true)
        let pictures = try #require(json["pictures"] as? [[String: Any]])
        let decisions = Set(pictures.compactMap { $0["decision"] as? String })
        #expect(decisions == ["identified", "nobody"] && pictures.count { $0["name"] is String } < 48)
        let refused = try margin("identify", "g.gallery", "data/people", "--fpir", "0.01")
        #expect(refused.refused("needs 3000 pictures of strangers, and there are 42"))
        let allowed = try margin("identify", "g.gallery", "data/people/p7", "--fpir", "0.01", "--allow-unsupported")
        #expect(allowed.code == 0 && allowed.errors.contains("too few to support this rate"))
        #expect(allowed.output.contains(": nobody (p0 "))
        #expect(try margin("identify", "g.gallery", "data/people", "--fpir", "2").code == 64)
    }

    @Test func picturesThatCannotBeReadAreNamed() throws {
        try folder.write("data/people/p3/words.png", "words")
        try folder.write("data/people/p9/words.png", "words")
        #expect(try margin("gallery", "create", "g.gallery", "--model", "runs/toy", "--no-cohort").code == 0)
        let enrolled = try margin("enroll", "g.gallery", "data/people")
        #expect(enrolled.code == 1 && enrolled.output.contains("enrolled p3: 6 pictures"))
        #expect(enrolled.errors.contains("passed over: data/people/p3/words.png: is not a picture"))
        #expect(enrolled.errors.contains("not enrolled: p9, of whom no picture could be read"))
        #expect(try Gallery(path: folder("g.gallery")).size().samples == 48)
        let found = try margin("identify", "g.gallery", "data/people/p3")
        #expect(found.code == 1 && found.output.split(separator: "\n").count == 6)
    }

    @Test func whatIsWrongIsSaid() throws {
        #expect(try margin("identify", "no.gallery", "data/people").refused("no.gallery: there is no such gallery"))
        #expect(try margin("gallery", "create", "g.gallery", "--model", "data").refused("data: is no model folder"))
        #expect(!folder.has("g.gallery"))
        let place = try margin("gallery", "create", "no/g.gallery", "--model", "runs/toy")
        #expect(place.refused("no/g.gallery: cannot be written"))
        #expect(try margin("gallery", "create", "g.gallery", "--model", "runs/toy", "--no-cohort").code == 0)
        #expect(
            try margin("identify", "g.gallery", "data/people").refused("g.gallery: is empty: nobody is enrolled yet"))
        #expect(try margin("gallery", "create", "g.gallery", "--model", "runs/toy").refused("exists already"))
        #expect(try margin("enroll", "g.gallery", "data/people/p0").refused("no samples here"))
        #expect(try margin("enroll", "g.gallery", "data/people").code == 0)
        let twice = try margin("enroll", "g.gallery", "data/people/p1", "--name", "p1")
        #expect(twice.refused("“p1” is enrolled already; add pictures with --more"))
        #expect(try margin("gallery", "add", "g.gallery", "data/people/p1", "--name", "p1", "--more").code == 0)
        #expect(try margin("train", "recipe.yaml", "--set", "name=other", "seed=9").code == 0)
        let other = try margin("identify", "g.gallery", "data/people", "--model", "runs/other")
        #expect(other.refused("g.gallery: was made by another model"))
        try FileManager.default.moveItem(atPath: folder("runs/toy"), toPath: folder("runs/moved"))
        #expect(try margin("identify", "g.gallery", "data/people").refused("say where it is with --model"))
        #expect(try margin("identify", "g.gallery", "data/people", "--model", "runs/moved").code == 0)
    }

    @Test func galleriesGoAndCome() throws {
        try filled()
        let exported = try margin("gallery", "export", "g.gallery", "out.safetensors")
        #expect(exported.code == 0 && exported.errors.contains("wrote 12 embeddings"))
        #expect(try margin("gallery", "create", "h.gallery", "--model", "runs/toy", "--pooling", "apart").code == 0)
        #expect(try margin("gallery", "import", "h.gallery", "out.safetensors").output.contains("added 12 pictures"))
        #expect(try margin("gallery", "merge", "g.gallery", "h.gallery").refused("“p0” is enrolled already"))
        let merged = try margin("gallery", "merge", "g.gallery", "h.gallery", "--more", "--json").json()
        #expect(merged["samples"] as? Int == 0)
        #expect(try margin("gallery", "export", "g.gallery", "out.csv").code == 64)
    }

    @Test func aDiskThatIsFullLosesNothing() throws {
        try filled()
        let before = try folder.read("g.gallery")
        // Four blocks of 64 KiB beyond the file; the rest of a hundred people does not fit.
        for person in 0..<40 {
            for number in 0..<60 {
                try folder.write(
                    "data/more/q\(person)/\(number).png", Toy.picture(identity: person % 8, number: number).pngData())
            }
        }
        let enrolled = try margin.limited(blocks: before.count / 512, ["enroll", "g.gallery", "data/more"])
        #expect(enrolled.code == 1 && enrolled.errors.contains("is used up; nothing of this was stored"), "\(enrolled)")
        let stored = Set(try Gallery(path: folder("g.gallery")).names())
        for line in enrolled.output.split(separator: "\n") {
            #expect(stored.contains(String(line.split(separator: " ")[1].dropLast())))
        }
        #expect(stored.isSuperset(of: ["p0", "p1"]) && stored.count < 42)
        #expect(try margin("identify", "g.gallery", "data/people/p0").code == 0)
    }

    /// Two processes at once, each of which is the only one that has some of the people.
    @Test func twoProcessesWriteAtOnce() throws {
        #expect(try margin("gallery", "create", "g.gallery", "--model", "runs/toy", "--no-cohort").code == 0)
        for name in ["left", "right"] {
            try Toy.write(identities: 40, pictures: 4, to: folder, named: "\(name)/\(name)")
            for person in 0..<40 {
                try FileManager.default.moveItem(
                    atPath: folder("\(name)/\(name)/p\(person)"), toPath: folder("\(name)/\(name)\(person)"))
            }
            try FileManager.default.removeItem(atPath: folder("\(name)/\(name)"))
        }
        let both = try ["left", "right"].map { try margin.start("enroll", "g.gallery", $0) }
        for running in both {
            let result = try running.result()
            #expect(result.code == 0, "\(result.errors)")
        }
        let identities = try Gallery(path: folder("g.gallery")).identities()
        #expect(identities.count == 80 && identities.allSatisfy { $0.sampleCount == 4 })
    }

    /// Enrolling and removing are killed while they write: whoever was reported is there, and nobody by halves.
    @Test func aKillAtAnyMomentLosesNobodyWhoWasReported() throws {
        try Toy.write(identities: 120, pictures: 5, to: folder, named: "crowd")
        #expect(try margin("gallery", "create", "empty.gallery", "--model", "runs/toy", "--no-cohort").code == 0)
        try folder.write("full.gallery", folder.read("empty.gallery"))
        #expect(try margin("enroll", "full.gallery", "crowd").code == 0)
        let everybody = try Gallery(path: folder("full.gallery")).names()
        let seed =
            ProcessInfo.processInfo.environment["ANGULARMARGIN_TEST_SEED"].flatMap(UInt64.init)
            ?? .random(in: 0...(.max))
        var moments = Moments(seed: seed)
        for attempt in 0..<16 {
            let name = "g\(attempt).gallery"
            let removes = attempt.isMultiple(of: 4)
            try folder.write(name, folder.read(removes ? "full.gallery" : "empty.gallery"))
            let running = try margin.start(
                removes ? ["gallery", "remove", name] + everybody : ["enroll", name, "crowd"])
            // Somewhere in one of its transactions, or between two.
            let (transactions, delay) = (removes ? 1 : 1 + attempt % 8, moments.next(upTo: 0.02))
            for _ in 0..<transactions {
                running.wait(every: 0.0002) { folder.has(name + "-journal") }
                if transactions > 1 {
                    running.wait(every: 0.0002) { !folder.has(name + "-journal") }
                }
            }
            Thread.sleep(forTimeInterval: delay)
            running.kill()
            let result = try running.result()
            let about: Comment = "ANGULARMARGIN_TEST_SEED=\(seed), attempt \(attempt), killed after \(delay) s"
            let gallery = try Gallery(path: folder(name))
            let identities = try gallery.identities()
            #expect(identities.allSatisfy { $0.sampleCount == 5 }, about)
            #expect(try gallery.samples().names.count == 5 * identities.count, about)
            if removes {
                #expect(identities.isEmpty || identities.count == everybody.count, about)
                if !result.output.isEmpty { #expect(identities.isEmpty, about) }
            } else {
                // The last line may have been cut off by the kill.
                let reported = result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                    .map { String($0.split(separator: " ")[1].dropLast()) }
                #expect(Set(identities.map(\.name)).isSuperset(of: reported), about)
            }
            // And the next process goes on.
            #expect(try margin("enroll", name, "data/people/p0", "--name", "next").code == 0, about)
            #expect(try Gallery(path: folder(name)).names().contains("next"), about)
        }
    }

    /// Moments from a seed, so that a failure can be had again.
    private struct Moments {
        var seed: UInt64
        init(seed: UInt64) { self.seed = seed }

        mutating func next(upTo longest: Double) -> Double {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(seed >> 11) * 0x1p-53 * longest
        }
    }
}
