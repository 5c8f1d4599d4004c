extension Plot {
    /// What runs along one side of a plot.
    public struct Axis: Hashable, Sendable {
        public var label: String
        public var scale: Scale
        /// What is shown; numbers beyond are cut off.
        public var range: ClosedRange<Double>
        public var numbers: Numbers

        /// - Precondition: `range` is not empty and lies where the scale has values: above 0 if it is logarithmic,
        ///   inside (0, 1) if it shows normal deviates.
        public init(label: String, scale: Scale = .linear, range: ClosedRange<Double>, numbers: Numbers = .plain) {
            precondition(range.lowerBound < range.upperBound, "an axis shows a range")
            precondition(
                scale.position(of: range.lowerBound).isFinite && scale.position(of: range.upperBound).isFinite,
                "an axis ends where its scale has a place")
            self.label = label
            self.scale = scale
            self.range = range
            self.numbers = numbers
        }

        /// Names side by side, from left to right or from the bottom up.
        ///
        /// - Precondition: there is a name.
        public init(label: String, categories: [String]) {
            precondition(!categories.isEmpty, "an axis shows a range")
            self.init(label: label, scale: .categories(categories), range: 0...Double(categories.count))
        }

        /// The names, if names it is that stand along the axis.
        var categories: [String]? {
            if case .categories(let names) = scale { names } else { nil }
        }

        /// The share of the way along the axis, 0 at its lower and 1 at its upper end; infinite where the scale is.
        func share(of value: Double) -> Double {
            let start = scale.position(of: range.lowerBound)
            return (scale.position(of: value) - start) / (scale.position(of: range.upperBound) - start)
        }
    }

    /// How an axis writes its numbers.
    public enum Numbers: Hashable, Sendable {
        case plain
        /// Times 100; the label should say so.
        case percent
    }
}
