import CKernels
import Testing

@Suite struct CountingKernelTests {
    @Test(arguments: [ck_instructions_baseline, ck_instructions_avx2, ck_instructions_avx512].map(\.rawValue))
    func everyInstructionSetCountsAlike(rawValue: Int32) {
        let instructions = ck_instructions(rawValue: rawValue)
        guard ck_instructions_are_available(instructions) else { return }
        var generator = SystemRandomNumberGenerator()
        for count in [0, 1, 3, 15, 16, 17, 31, 32, 33, 64, 100, 1023] {
            var values = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
            var thresholds = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
            for place in stride(from: 0, to: count, by: 5) { thresholds[place] = values[place] }
            for place in stride(from: 1, to: count, by: 7) { values[place] = .nan }
            for place in stride(from: 2, to: count, by: 9) { thresholds[place] = -.infinity }
            let expected = zip(values, thresholds).count { $0 >= $1 }
            #expect(ck_count_at_least(instructions, values, thresholds, Int64(count)) == Int64(expected))
            #expect(ck_count_at_least(ck_instructions_plain, values, thresholds, Int64(count)) == Int64(expected))
        }
    }
}
