import Foundation

extension Image {
    /// The picture moved by `map` onto a canvas: what was at `p` is at `map(p)`.
    ///
    /// Each output pixel is looked up through the inverse map and interpolated between its four
    /// neighbours, `(1-u)(1-v) I₀₀ + u(1-v) I₁₀ + (1-u)v I₀₁ + uv I₁₁`; neighbours outside the picture
    /// have the value `border`. Nothing is averaged, so a map that shrinks much should follow
    /// ``resized(width:height:)``.
    ///
    /// - Precondition: `map` has an inverse; `width` and `height` are positive.
    public func warped(by map: AffineMap, width newWidth: Int, height newHeight: Int, border: UInt8 = 0) -> Image {
        guard let inverse = map.inverse else { preconditionFailure("the map has an inverse") }
        return Image(width: newWidth, height: newHeight, channels: channels) { target in
            pixels.withUnsafeBufferPointer { source in
                var output = 0
                for row in 0..<newHeight {
                    for column in 0..<newWidth {
                        let place = inverse(Point(x: Double(column), y: Double(row)))
                        let cell = BilinearCell(place, width: width, height: height)
                        for channel in 0..<channels {
                            target[output] = cell.sample(source, channels, channel, border)
                            output += 1
                        }
                    }
                }
            }
        }
    }
}

/// The four pixels around a place and how near it is to each.
private struct BilinearCell {
    private let width: Int
    private let height: Int
    private let x: Int
    private let y: Int
    private let u: Double
    private let v: Double

    @inline(__always)
    init(_ place: Point, width: Int, height: Int) {
        // Far outside, where a whole number could overflow, every neighbour is border anyway.
        let column = min(max(place.x, -2), Double(width) + 1)
        let row = min(max(place.y, -2), Double(height) + 1)
        self.width = width
        self.height = height
        x = Int(column.rounded(.down))
        y = Int(row.rounded(.down))
        u = column - Double(x)
        v = row - Double(y)
    }

    @inline(__always)
    func sample(_ source: UnsafeBufferPointer<UInt8>, _ channels: Int, _ channel: Int, _ border: UInt8) -> UInt8 {
        @inline(__always)
        func value(_ x: Int, _ y: Int) -> Double {
            let isInside = x >= 0 && x < width && y >= 0 && y < height
            return Double(isInside ? source[(y * width + x) * channels + channel] : border)
        }
        let upper = (1 - u) * value(x, y) + u * value(x + 1, y)
        let lower = (1 - u) * value(x, y + 1) + u * value(x + 1, y + 1)
        return UInt8((1 - v) * upper + v * lower + 0.5)
    }
}
