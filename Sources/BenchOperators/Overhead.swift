import CBenchOperators
import Torch

/// One operator, called from Swift and in two ways from C++.
private struct Subject {
    let title: String
    let schema: (name: String, overload: String)
    /// What the operator takes, first of `operands`.
    let argumentCount: Int
    let operands: (Tensor, Tensor)
    let swift: (Tensor, Tensor) throws -> Tensor
    let typed: (cb_tensor, cb_tensor, Int) -> Void

    /// Nanoseconds per call from Swift, from C++ through the dispatcher, and from C++ by `at::`.
    func nanoseconds(calls: Int) throws -> (swift: Double, boxed: Double, typed: Double) {
        let (first, second) = operands
        let clock = ContinuousClock()
        let fromSwift = try clock.measure {
            for _ in 0..<calls { _ = try swift(first, second) }
        }
        let boxed = clock.measure {
            cb_call_boxed(schema.name, schema.overload, [first.pointer, second.pointer], argumentCount, calls)
        }
        let direct = clock.measure { typed(first.pointer, second.pointer, calls) }
        withExtendedLifetime(operands) {}
        func perCall(_ duration: Duration) -> Double { duration / .nanoseconds(1) / Double(calls) }
        return (perCall(fromSwift), perCall(boxed), perCall(direct))
    }
}

/// Prints a table of medians over interleaved repetitions, so that a busy moment strikes all alike.
func measureOverhead(repetitions: Int = 101, calls: Int = 5000) throws {
    let vector = try Tensor.ones([16])
    let matrix = try Tensor.ones([4, 4])
    let subjects = [
        Subject(
            title: "multiply [16]", schema: ("aten::mul", "Tensor"), argumentCount: 2, operands: (vector, vector),
            swift: { try $0 * $1 }, typed: { cb_call_multiply($0, $1, $2) }),
        Subject(
            title: "add [16]", schema: ("aten::add", "Tensor"), argumentCount: 2, operands: (vector, vector),
            swift: { try $0 + $1 }, typed: { cb_call_add($0, $1, $2) }),
        Subject(
            title: "sum [16]", schema: ("aten::sum", ""), argumentCount: 1, operands: (vector, vector),
            swift: { first, _ in try first.sum() }, typed: { cb_call_sum($0, $1, $2) }),
        Subject(
            title: "matmul [4, 4]", schema: ("aten::matmul", ""), argumentCount: 2, operands: (matrix, matrix),
            swift: { try $0.matmul($1) }, typed: { cb_call_matmul($0, $1, $2) }),
    ]
    print(
        "float32 on the CPU, libtorch \(Libtorch.loadedVersion); ns per call, median of \(repetitions) × \(calls) calls"
    )
    print(row("", ["Swift", "C++ boxed", "C++ typed", "Swift − boxed", "Swift − typed"]))
    for subject in subjects {
        _ = try subject.nanoseconds(calls: calls)
        let times = try (0..<repetitions).map { _ in try subject.nanoseconds(calls: calls) }
        let swift = median(times.map(\.swift))
        let boxed = median(times.map(\.boxed))
        let typed = median(times.map(\.typed))
        print(row(subject.title, [swift, boxed, typed, swift - boxed, swift - typed].map { "\(Int($0.rounded()))" }))
    }
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

private func row(_ title: String, _ cells: [String]) -> String {
    func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
    return title + spaces(15 - title.count) + cells.map { spaces(14 - $0.count) + $0 }.joined()
}
