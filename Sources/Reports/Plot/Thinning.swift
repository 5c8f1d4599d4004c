/// Leaves out points of a polyline that nobody would miss.
///
/// First, of every run of points that fall into one column a quarter of a unit wide, only the first, the lowest,
/// the highest and the last stay: a drawn line covers the column between the two extremes anyway. Then points go
/// that lie within a twentieth of a unit of the line without them (Douglas and Peucker 1973), which keeps
/// corners. The line moves by less than a third of a unit, and at most four points per column stay.
enum Thinning {
    private static let columnsPerUnit = 4.0
    static let tolerance = 0.05

    /// The places of the points that stay, ascending; the ends always do.
    ///
    /// - Parameters:
    ///   - points: where the points are drawn, finite.
    ///   - width: the width of the area; what lies beyond it counts as one column on either side.
    static func kept(_ points: [Plot.Point], width: Double) -> [Int] {
        significant(extremes(points, width: width), points)
    }

    private static func extremes(_ points: [Plot.Point], width: Double) -> [Int] {
        func column(_ place: Int) -> Double {
            min(max(points[place].x, -1), width + 1) * columnsPerUnit
        }
        var kept: [Int] = []
        var start = 0
        while start < points.count {
            let current = column(start).rounded(.down)
            var (end, lowest, highest) = (start + 1, start, start)
            while end < points.count, column(end).rounded(.down) == current {
                if points[end].y < points[lowest].y { lowest = end }
                if points[end].y > points[highest].y { highest = end }
                end += 1
            }
            for place in [start, min(lowest, highest), max(lowest, highest), end - 1] where place != kept.last {
                kept.append(place)
            }
            start = end
        }
        return kept
    }

    private static func significant(_ places: [Int], _ points: [Plot.Point]) -> [Int] {
        guard places.count > 2 else { return places }
        var stays = Array(repeating: false, count: places.count)
        stays[0] = true
        stays[places.count - 1] = true
        var open = [0...(places.count - 1)]
        while let part = open.popLast() {
            let (start, end) = (points[places[part.lowerBound]], points[places[part.upperBound]])
            var farthest = part.lowerBound
            var distance = tolerance
            for candidate in part.dropFirst().dropLast() {
                let apart = points[places[candidate]].distance(toSegmentFrom: start, to: end)
                if apart > distance { (farthest, distance) = (candidate, apart) }
            }
            guard farthest != part.lowerBound else { continue }
            stays[farthest] = true
            open.append(part.lowerBound...farthest)
            open.append(farthest...part.upperBound)
        }
        return places.indices.filter { stays[$0] }.map { places[$0] }
    }
}

extension Plot.Point {
    /// The distance to the nearest point of a straight piece of line.
    func distance(toSegmentFrom start: Plot.Point, to end: Plot.Point) -> Double {
        let (alongX, alongY) = (end.x - start.x, end.y - start.y)
        let square = alongX * alongX + alongY * alongY
        let projected = (x - start.x) * alongX + (y - start.y) * alongY
        let share = square > 0 ? min(1, max(0, projected / square)) : 0
        let (offX, offY) = (x - start.x - share * alongX, y - start.y - share * alongY)
        return (offX * offX + offY * offY).squareRoot()
    }
}
