// Measures what the tensors cost beyond libtorch itself.
//
//   scripts/swift.sh run -c release bench-operators          time per call, against C++
//   scripts/swift.sh run -c release bench-operators memory   memory over 10,000 training steps

@main
struct Main {
    static func main() throws {
        switch CommandLine.arguments.dropFirst().first {
        case nil: try measureOverhead()
        case "memory": try measureMemory()
        case let other?: print("bench-operators: no measurement “\(other)”; give none, or memory")
        }
    }
}
