import Datasets
import Foundation

/// How training varies framed pictures, drawn anew for each sample and epoch. Nothing of it is applied
/// when a model is used.
public struct Augmentation: Codable, Sendable, Hashable {
    /// The probability of mirroring left to right.
    public var flip: Double
    /// The largest shift, as a share of width and height, in either direction.
    public var shift: Double
    /// The largest change of size: 0.1 draws a factor from 1/1.1 to 1.1.
    public var zoom: Double
    /// The largest rotation in degrees, either way.
    public var rotation: Double
    /// The largest change of brightness: 0.2 draws a factor from 0.8 to 1.2.
    public var brightness: Double
    /// The largest change of contrast, as for brightness.
    public var contrast: Double
    /// The largest change of saturation, as for brightness. Nothing to a grey picture.
    public var saturation: Double
    /// The largest turn of the hue, as a share of the whole circle, either way. Nothing to a grey picture.
    public var hue: Double
    /// The largest exponent: 0.5 draws one from 1/1.5 to 1.5.
    public var gamma: Double
    /// The probability of erasing a part by noise (``/Datasets/Image/randomlyErased(area:aspect:using:)``).
    public var erasing: Double
    /// The least and the largest area of that part, as shares of the picture.
    public var erasedArea: ClosedRange<Double>
    /// The least height / width of that part; the largest is its inverse.
    public var erasedAspect: Double

    public init(
        flip: Double = 0, shift: Double = 0, zoom: Double = 0, rotation: Double = 0, brightness: Double = 0,
        contrast: Double = 0, saturation: Double = 0, hue: Double = 0, gamma: Double = 0, erasing: Double = 0,
        erasedArea: ClosedRange<Double> = 0.02...0.4, erasedAspect: Double = 0.3
    ) {
        self.flip = flip
        self.shift = shift
        self.zoom = zoom
        self.rotation = rotation
        self.brightness = brightness
        self.contrast = contrast
        self.saturation = saturation
        self.hue = hue
        self.gamma = gamma
        self.erasing = erasing
        self.erasedArea = erasedArea
        self.erasedAspect = erasedAspect
    }

    /// A variation of the picture: moved, then brightness, contrast, saturation, hue and gamma in this
    /// order, then erased. All numbers are drawn whatever the settings, so that switching one kind of
    /// change off leaves the others as they were.
    public func callAsFunction(_ image: Image, using generator: inout SeededGenerator) -> Image {
        let isFlipped = generator.chance(flip)
        let dx = generator.uniform(in: -1...1) * shift * Double(image.width)
        let dy = generator.uniform(in: -1...1) * shift * Double(image.height)
        let size = exp(generator.uniform(in: -1...1) * log(1 + zoom))
        let angle = generator.uniform(in: -1...1) * rotation * .pi / 180
        let brightnessFactor = 1 + generator.uniform(in: -1...1) * brightness
        let contrastFactor = 1 + generator.uniform(in: -1...1) * contrast
        let exponent = exp(generator.uniform(in: -1...1) * log(1 + gamma))
        let saturationFactor = 1 + generator.uniform(in: -1...1) * saturation
        let turn = generator.uniform(in: -1...1) * hue
        let isErased = generator.chance(erasing)

        var varied = isFlipped ? image.flippedHorizontally() : image
        if shift > 0 || zoom > 0 || rotation > 0 {
            varied = varied.moved(size: size, angle: angle, dx: dx, dy: dy)
        }
        if brightness > 0 { varied = varied.withBrightness(brightnessFactor) }
        if contrast > 0 { varied = varied.withContrast(contrastFactor) }
        if saturation > 0 { varied = varied.withSaturation(saturationFactor) }
        if hue > 0 { varied = varied.withHue(shiftedBy: turn) }
        if gamma > 0 { varied = varied.withGamma(exponent) }
        // Last, since it draws as many numbers as the part has samples.
        if isErased {
            varied = varied.randomlyErased(area: erasedArea, aspect: erasedAspect, using: &generator)
        }
        return varied
    }
}

extension Image {
    /// Turned and scaled about the centre, then shifted. What comes in from outside repeats the edge,
    /// because a black border would be a cue.
    fileprivate func moved(size: Double, angle: Double, dx: Double, dy: Double) -> Image {
        let centre = Point(x: Double(width - 1) / 2, y: Double(height - 1) / 2)
        let (cosine, sine) = (size * cos(angle), size * sin(angle))
        var map = AffineMap(
            a: cosine, b: -sine, c: centre.x + dx - cosine * centre.x + sine * centre.y,
            d: sine, e: cosine, f: centre.y + dy - sine * centre.x - cosine * centre.y)
        let margin = reach(beyond: map)
        let framed = padded(left: margin, top: margin, right: margin, bottom: margin, with: .edge)
        map.c -= (map.a + map.b) * Double(margin)
        map.f -= (map.d + map.e) * Double(margin)
        return framed.warped(by: map, width: width, height: height)
    }

    /// How many pixels outside the picture are looked at where `map` fills a canvas of its size.
    private func reach(beyond map: AffineMap) -> Int {
        guard let inverse = map.inverse else { preconditionFailure("a change of size keeps the picture's area") }
        let (right, bottom) = (Double(width - 1), Double(height - 1))
        let reaches = [0, right].flatMap { x in
            [0, bottom].flatMap { y in
                let place = inverse(Point(x: x, y: y))
                return [-place.x, place.x - right, -place.y, place.y - bottom]
            }
        }
        return Int(max(0, reaches.max() ?? 0).rounded(.up)) + 1
    }
}
