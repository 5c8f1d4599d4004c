// Measures what whole training runs cost beyond their steps.
//
//   scripts/swift.sh run -c release bench-training memory   memory and files over 10,000 steps and 100 epochs

@main
struct Main {
    static func main() throws {
        switch CommandLine.arguments.dropFirst().first {
        case nil, "memory": try measureFlatness()
        case let other?: print("bench-training: no measurement “\(other)”; give none, or memory")
        }
    }
}
