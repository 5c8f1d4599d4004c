extension Image {
    /// The picture with its grey values spread evenly, tile by tile, so that light from one side no longer
    /// hides the other: contrast-limited adaptive histogram equalisation (Zuiderveld, Graphics Gems IV, 1994).
    ///
    /// Each tile's histogram is cut at `clip` times its mean height, what is cut off is given back evenly,
    /// and the cumulative histogram is the tile's curve. A sample goes through the curves of the four tiles
    /// around it, interpolated between their centres. Channels are treated apart.
    ///
    /// - Parameters:
    ///   - tiles: how many tiles the picture has across and down; no more than it has pixels.
    ///   - clip: 1 changes nothing but brightness, large values equalise fully.
    /// - Precondition: `tiles` is positive and `clip` at least 1.
    public func equalized(tiles: Int = 8, clip: Double = 3) -> Image {
        precondition(tiles > 0 && clip >= 1, "tiles are counted from one and a histogram is cut above its mean")
        let across = TileAxis(length: width, tiles: min(tiles, width))
        let down = TileAxis(length: height, tiles: min(tiles, height))
        var result = self
        for channel in 0..<channels {
            let curves = (0..<down.tiles).map { row in
                (0..<across.tiles).map { column in
                    curve(across.range(column), down.range(row), channel: channel, clip: clip)
                }
            }
            for y in 0..<height {
                let (upper, lower, v) = down.neighbours(of: y)
                for x in 0..<width {
                    let (left, right, u) = across.neighbours(of: x)
                    let value = Int(self[x, y, channel])
                    let top = (1 - u) * curves[upper][left][value] + u * curves[upper][right][value]
                    let bottom = (1 - u) * curves[lower][left][value] + u * curves[lower][right][value]
                    result[x, y, channel] = UInt8(((1 - v) * top + v * bottom).rounded())
                }
            }
        }
        return result
    }

    /// From each sample value to its new one, in 0...255, by the clipped cumulative histogram of a tile.
    private func curve(_ columns: Range<Int>, _ rows: Range<Int>, channel: Int, clip: Double) -> [Double] {
        var histogram = [Double](repeating: 0, count: 256)
        for y in rows {
            for x in columns { histogram[Int(self[x, y, channel])] += 1 }
        }
        let count = Double(columns.count * rows.count)
        let limit = clip * count / 256
        let excess = histogram.reduce(0) { $0 + max(0, $1 - limit) }
        var sum = 0.0
        return histogram.map { height in
            sum += min(height, limit) + excess / 256
            return min(255, 255 * sum / count)
        }
    }
}

/// One axis of a picture cut into tiles.
private struct TileAxis {
    let length: Int
    let tiles: Int

    func range(_ tile: Int) -> Range<Int> {
        tile * length / tiles..<(tile + 1) * length / tiles
    }

    /// The tiles whose centres lie on either side of a pixel, and how far it is from the first to the second.
    func neighbours(of pixel: Int) -> (first: Int, second: Int, share: Double) {
        let place = (Double(pixel) + 0.5) * Double(tiles) / Double(length) - 0.5
        let first = Int(place.rounded(.down))
        return (max(0, first), min(tiles - 1, first + 1), place - Double(first))
    }
}
