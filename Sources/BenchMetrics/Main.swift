// Measures what numbers cost: metrics of ten million scores, score files, bootstrap draws, trials.
//
//   bench-metrics curve GENUINE IMPOSTOR    EER, DET and AUC of two files of float64 scores
//   bench-metrics file SCORES               reading a score file
//   bench-metrics bootstrap                 1,000 draws of a million scores
//   bench-metrics coverage                  how often a 95 % interval holds the truth
//
// scripts/bench/metrics.py runs them beside their peers.

@main
struct Main {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("curve", 3): try measureCurve(genuine: arguments[1], impostor: arguments[2])
        case ("file", 2): try measureFile(arguments[1])
        case ("bootstrap", 1): try measureBootstrap()
        case ("coverage", 1): try measureCoverage()
        default: print("usage: bench-metrics curve GENUINE IMPOSTOR | file SCORES | bootstrap | coverage")
        }
    }
}
