/// The lowest false accept rate that a number of impostor trials can measure: 30 false accepts are needed
/// before their rate is known to about a third of itself (docs/Methods.md).
public func lowestSupportedFalseAcceptRate(impostorCount: Int) -> Double {
    30 / Double(impostorCount)
}
