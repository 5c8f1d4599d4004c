extension Plot {
    /// Features of two dimensions as they are, one dot per sample, and the directions of the classes' weights as lines
    /// from the origin: the picture in which margins are seen.
    ///
    /// - Parameters:
    ///   - points: the features, in the order of the samples.
    ///   - classOf: the class of each.
    ///   - directions: the weights of each class, of which the direction alone is drawn; none where there are no lines.
    /// - Precondition: there is a point, and a class for each; classes have names.
    public static func plane(
        _ points: [Point], classOf: [Int], classNames: [String], directions: [Point] = [], title: String,
        subtitle: String = ""
    ) -> Plot {
        precondition(!points.isEmpty && points.count == classOf.count, "every point has a class")
        precondition(classOf.allSatisfy(classNames.indices.contains), "every class has a name")
        let reach = points.map { max(abs($0.x), abs($0.y)) }.max() ?? 1
        let range = (-max(reach, 1e-9)...max(reach, 1e-9)).widened(toMultiples: 4)
        let lines = directions.enumerated().compactMap { index, direction -> Series? in
            let length = (direction.x * direction.x + direction.y * direction.y).squareRoot()
            guard length > 0 else { return nil }
            let end = range.upperBound / length
            var look = Look.ofSeries(index)
            look.stroke = .solid
            return Series(
                name: "weights of \(classNames[index])",
                mark: .line([Point(0, 0), Point(direction.x * end, direction.y * end)]), look: look, isInLegend: false)
        }
        let dots = classNames.indices.compactMap { index -> Series? in
            let own = zip(points, classOf).filter { $0.1 == index }.map(\.0)
            var look = Look.ofSeries(index)
            look.isFaint = true
            return own.isEmpty ? nil : Series(name: classNames[index], mark: .dots(own), look: look)
        }
        return Plot(
            title: title, subtitle: subtitle,
            summary: "\(points.count) features of two dimensions in \(dots.count) classes.",
            horizontal: Axis(label: "First dimension", range: range),
            panels: [
                Panel(vertical: Axis(label: "Second dimension", range: range), series: dots + lines, shape: .square)
            ])
    }
}
