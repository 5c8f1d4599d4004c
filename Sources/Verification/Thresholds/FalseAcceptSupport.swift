/// The lowest false accept rate that a number of impostor trials can measure: 30 false accepts are needed
/// before their rate is known to about a third of itself (docs/Methods.md).
public func lowestSupportedFalseAcceptRate(impostorCount: Int) -> Double {
    30 / Double(impostorCount)
}

/// What is to be said of figures at rates below ``lowestSupportedFalseAcceptRate(impostorCount:)``, which are marked by “!”.
public let unsupportedRateNote =
    "! So few impostor trials allow fewer than 30 false accepts at this rate: the figure is not supported."
