import TestSupport
import Testing

/// `margin plot`, run.
@Suite struct PlotTests {
    private let margin: Command

    init() throws {
        margin = try Command()
        try margin.folder.write("scores.txt", "1 0.9\n1 0.6\n0 0.5\n0 0.2\n")
    }

    @Test func drawsAFileWithItsNumbers() throws {
        let result = try margin("plot", "det", "scores.txt", "scores.txt", "--name", "a", "--name", "b", "-o", "x.svg")
        #expect(result.code == 0 && result.output == "x.svg\n" && result.errors.contains("x.csv"))
        #expect(try margin.folder.text("x.svg").contains("b, EER 0.00"))
        #expect(try margin.folder.text("x.csv").hasPrefix("measure,series,mark,x"))
    }

    @Test func refusesWhatItCannotDraw() throws {
        #expect(try margin("plot", "det", "none.txt", "-o", "x.svg").refused("none.txt", "no such file"))
        let unknown = try margin("plot", "pie", "scores.txt", "-o", "x.svg")
        #expect(unknown.code == 64 && unknown.errors.contains("histogram"))
        #expect(try margin("plot", "det", "scores.txt", "--set", "m=1", "-o", "x.svg").code == 64)
    }
}
