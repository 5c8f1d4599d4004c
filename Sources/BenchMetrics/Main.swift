// Measures what numbers cost: metrics of ten million scores, score files, bootstrap draws, trials.
//
//   bench-metrics curve GENUINE IMPOSTOR           EER, DET and AUC of two files of float64 scores
//   bench-metrics file SCORES                      reading a score file
//   bench-metrics bootstrap                        1,000 draws of a million scores
//   bench-metrics classification                  1,000 draws of ten thousand samples of 43 classes
//   bench-metrics trials EMBEDDINGS LEFT RIGHT     scoring a list of trials; .npy files
//   bench-metrics comparisons [COUNT [WIDTH]]      COUNT × COUNT comparisons to TAR@FAR=1e-6; 20000, 512
//   bench-metrics coverage                         how often a 95 % interval holds the truth
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
        case ("classification", 1): try measureClassification()
        case ("trials", 4): try measureTrials(embeddings: arguments[1], left: arguments[2], right: arguments[3])
        case ("comparisons", 1...3):
            let sizes = arguments.dropFirst().compactMap { Int($0) } + [20_000, 512].dropFirst(arguments.count - 1)
            try measureAllComparisons(count: sizes[0], width: sizes[1])
        case ("coverage", 1): try measureCoverage()
        default:
            print(
                "usage: bench-metrics curve GENUINE IMPOSTOR | file SCORES | bootstrap | classification "
                    + "| trials EMBEDDINGS LEFT RIGHT "
                    + "| comparisons [COUNT [WIDTH]] | coverage")
        }
    }
}
