import Foundation
import Testing

@testable import Verification

struct TrialFileTests {
    private func read(_ text: String, layout: TrialLayout? = nil, polarity: Polarity? = nil) throws -> TrialFile {
        try TrialFile(contents: Data(text.utf8), name: "scores.txt", layout: layout, polarity: polarity)
    }

    struct Example: Sendable {
        let layout: TrialLayout
        let text: String
        var scores: [Double] = []
        var kinds: [TrialKind] = []
        var items: [String] = []
    }

    @Test(arguments: [
        Example(
            layout: .voxCelebTrials, text: "1 a/1.wav a/2.wav\n0 a/1.wav b/1.wav\n", kinds: [.genuine, .impostor],
            items: ["a/1.wav", "a/2.wav", "b/1.wav"]),
        Example(
            layout: .voxCelebScores, text: "1 a/1 a/2 0.5\r\n0 a/1 b/1 -2e-1\r\n", scores: [0.5, -0.2],
            kinds: [.genuine, .impostor], items: ["a/1", "a/2", "b/1"]),
        Example(layout: .kaldiTrials, text: "e1 t1 target\ne1\tt2\tnontarget", kinds: [.genuine, .impostor]),
        Example(layout: .kaldiScores, text: "e1 t1 3.5\ne1 t2 -1\n", scores: [3.5, -1], items: ["e1", "t1", "t2"]),
        Example(
            layout: .kaldiKeyedScores, text: "e1 t1 3.5 target 20.1 19\ne1 t2 -1 nontarget 18 17\n",
            scores: [3.5, -1], kinds: [.genuine, .impostor]),
        Example(
            layout: .spoof2019Scores, text: "LA_1 LA_E_1 - A11 spoof -0.5\nLA_1 LA_E_2 - - bonafide 1.25\n",
            scores: [-0.5, 1.25], kinds: [.spoof, .genuine], items: ["LA_E_1", "LA_E_2"]),
        Example(
            layout: .spoof2019ShortScores, text: "LA_E_1 A11 spoof 0.2\nLA_E_2 - bonafide 0.3\n", scores: [0.2, 0.3],
            kinds: [.spoof, .genuine]),
        Example(
            layout: .spoof2019VerifierScores,
            text: "bonafide target 7.98\nbonafide nontarget -3\nA19 spoof -0.19\n", scores: [7.98, -3, -0.19],
            kinds: [.genuine, .impostor, .spoof]),
        Example(
            layout: .spoof2019Protocol, text: "LA_1 LA_E_1 - A11 spoof\nLA_1 LA_E_2 - - bonafide\n",
            kinds: [.spoof, .genuine]),
        Example(
            layout: .spoof2021Scores, text: "LA_E_1 -3.5\nLA_E_2 2\n", scores: [-3.5, 2], items: ["LA_E_1", "LA_E_2"]),
        Example(
            layout: .spoof2021Keys,
            text: "LA_9 LA_E_1 alaw ita_tx A07 spoof notrim eval\nLA_9 LA_E_2 none - bonafide bonafide notrim eval\n",
            kinds: [.spoof, .genuine]),
        Example(
            layout: .nii, text: "Output, LA_D_1, 1, 3.2\nOutput, LA_D_2, 0, -1.5\n", scores: [3.2, -1.5],
            kinds: [.genuine, .spoof], items: ["LA_D_1", "LA_D_2"]),
        Example(
            layout: .labelScore, text: "-1 -0.33\n1 0.5\n\n# done\n", scores: [-0.33, 0.5],
            kinds: [.impostor, .genuine]),
        Example(layout: .scoreLabel, text: "-0.33 0\n0.5 1\n", scores: [-0.33, 0.5], kinds: [.impostor, .genuine]),
    ])
    func layoutsAreToldApart(_ example: Example) throws {
        let file = try read(example.text)
        #expect(file.layout == example.layout)
        #expect(file.scores == example.scores)
        #expect(file.kinds == example.kinds)
        if !example.items.isEmpty { #expect(Array(file.items) == example.items) }
    }

    @Test func columnNamesSettleTheLayout() throws {
        let file = try read("enroll,test,distance,label\na,b,0.25,1\na,c,1.5,0\n")
        #expect(file.scores == [-0.25, -1.5])
        #expect(file.polarity == .lowerIsGenuine)
        #expect(file.kinds == [.genuine, .impostor])
        #expect(throws: TrialFileError.self) { try read("score distance label\n1 2 1\n") }
    }

    /// “target” is a key of Kaldi's lists, and a name of columns in tables.
    @Test(arguments: ["enrol_id,test_id,target,score", "img1,img2,same,cosine", "name1,name2,label,y_score"])
    func columnNamesThatOthersUse(_ header: String) throws {
        let file = try read("\(header)\na,b,1,0.25\na,c,0,-1.5\n")
        #expect(file.scores == [0.25, -1.5])
        #expect(file.kinds == [.genuine, .impostor])
        #expect(try read("e1 t1 target\ne1 t2 nontarget\n").kinds == [.genuine, .impostor])
    }

    @Test func marksAndQuotationMarksAreNoPartOfNames() throws {
        let file = try read("\u{FEFF}enroll,test,label,score\n\"a, b\",\"c d\",\"1\",0.5\n\"c d\",e,0,\"-1\"\n")
        #expect(Array(file.items) == ["a, b", "c d", "e"])
        #expect(file.scores == [0.5, -1])
        #expect(try read("\u{FEFF}1 a b 0.5\n0 a c 0.25\n").kinds == [.genuine, .impostor])
        let error = try #require(throws: TrialFileError.self) { try read("label score\n1 0.5\n0 \"0.25\n1 2\n") }
        #expect(error.line == 3)
        #expect(error.message.contains("quotation mark"))
    }

    /// One strange line does not hide what the others are.
    @Test(arguments: [
        ("1 a b", "3 fields"), ("1 a b 0.5 7", "more than"), ("1 a b none", "“none”"), ("yes a b 0.5", "“yes”"),
    ])
    func aStrangeLineIsNamed(_ line: String, _ words: String) throws {
        let lines = (0..<30).map { "\($0 % 2) a\($0) b\($0) \(Double($0) / 8)" }
        for place in [0, 9, 29] {
            var changed = lines
            changed[place] = line
            let error = try #require(throws: TrialFileError.self) { try read(changed.joined(separator: "\n")) }
            #expect(error.line == place + 1)
            #expect(error.message.contains(words))
        }
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let file = try read("enroll,test,label,score\n\"a, b\",\"c d\",1,0.5\n\"#x\",e,0,-1\n")
        let again = try read(file.table(scores: [2, 3], comment: "calibrated"))
        #expect(Array(again.items) == ["a, b", "c d", "#x", "e"])
        #expect(again.scores == [2, 3] && again.kinds == file.kinds)
    }

    @Test func polarityIsReadStatedOrCustomary() throws {
        #expect(try read("1 0.5\n0 0.1\n").isPolarityStated == false)
        #expect(try read("# lower = same\n1 0.5\n0 0.7\n").scores == [-0.5, -0.7])
        #expect(try read("1 0.5\n0 0.7\n", polarity: .lowerIsGenuine).scores == [-0.5, -0.7])
        #expect(try read("# higher = bona fide, lower = spoof\n1 0.5\n0 0.1\n").polarity == .higherIsGenuine)
        #expect(try read("# lower is nontarget\n1 0.5\n0 0.1\n").polarity == .higherIsGenuine)
    }

    @Test func aFileThatContradictsItselfIsRefused() throws {
        let error = try #require(throws: TrialFileError.self) {
            try read("# higher = same\n# polarity: lower\n1 0.5\n0 0.1\n")
        }
        #expect(error.line == 2)
        #expect(throws: TrialFileError.self) { try read("# higher = same\nlabel distance\n1 0.5\n0 0.1\n") }
        #expect(throws: TrialFileError.self) { try read("# higher = same\n1 0.5\n", polarity: .lowerIsGenuine) }
    }

    @Test func mistakesNameTheirLine() throws {
        let cases: [(String, Int, String)] = [
            ("# x\n1 0.5\n0 nan\n", 3, "nan"), ("1 0.5\n0 inf\n", 2, "inf"), ("1 0.5\n0\n", 2, "fields"),
            ("1 0.5\n0 0.25 7\n", 2, "fields"),
        ]
        for (text, line, words) in cases {
            let error = try #require(throws: TrialFileError.self) { try read(text, layout: .labelScore) }
            #expect(error.line == line)
            #expect(error.message.contains(words))
        }
        let key = try #require(throws: TrialFileError.self) {
            try read("1 0.5\n2 0.25\n", layout: .labelScore)
        }
        #expect(key.description.hasPrefix("scores.txt:2: has the key “2”"))
        for text in ["", "\n\n", "# nothing\n", "score label\n"] {
            #expect(throws: TrialFileError.self, "\(text)") { try read(text) }
        }
        #expect(throws: TrialFileError.self) { try read("what is this file about\nnobody knows it at all\n") }
        #expect(throws: TrialFileError.self) { try TrialFile(path: "/nowhere/scores.txt") }
    }

    @Test func repeatedTrials() throws {
        #expect(try read("1 a b 0.5\n1 b a 0.5\n0 a c 0.1\n").duplicateCount == 1)
        let error = try #require(throws: TrialFileError.self) { try read("# c\n1 a b 0.5\n0 a c 0.1\n\n0 b a 0.5\n") }
        #expect(error.line == 5)
        #expect(error.message.contains("line 2"))
    }

    /// A file large enough to be cut into pieces reads as its lines do, one by one.
    @Test func piecesAreJoinedInOrder() throws {
        var generator = SplitMix64(seed: 9)
        var lines: [String] = []
        var scores: [Double] = []
        for _ in 0..<20_000 {
            let score = Double.random(in: -1...1, using: &generator)
            scores.append(score)
            let names = (0..<2).map { _ in "id\(generator.next(below: 90))/clip\(generator.next(below: 2000)).wav" }
            let isSame = names[0].split(separator: "/")[0] == names[1].split(separator: "/")[0]
            lines.append("\(isSame ? 1 : 0) \(names[0]) \(names[1]) \(score)")
        }
        let file = try read(lines.joined(separator: "\n"))
        #expect(file.scores == scores)
        let rebuilt = (0..<file.count).map { trial in
            "\(file.kinds[trial] == .genuine ? 1 : 0) \(file.items[Int(file.left[trial])]) "
                + "\(file.items[Int(file.right[trial])]) \(file.scores[trial])"
        }
        #expect(rebuilt == lines)
        #expect(Set(file.items).count == file.items.count)
        lines[15_000] += "x"
        let error = try #require(throws: TrialFileError.self) { try read(lines.joined(separator: "\n")) }
        #expect(error.line == 15_001)
    }
}
