import Testing
import Torch

/// Agreement of Float64 results with what was worked out by hand, by default to two units in the last place.
func expect(
    _ tensor: @autoclosure () throws -> Tensor, _ expected: [Double], within tolerance: Double = 4e-16,
    _ location: SourceLocation = #_sourceLocation
) {
    do {
        let values = try tensor().reals()
        #expect(values.count == expected.count, sourceLocation: location)
        for (value, other) in zip(values, expected) {
            #expect(abs(value - other) <= tolerance * max(1, abs(other)), sourceLocation: location)
        }
    } catch {
        Issue.record(error, sourceLocation: location)
    }
}
