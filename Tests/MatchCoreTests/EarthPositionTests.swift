import Foundation
import MatchCore
import Testing

@Suite struct EarthPositionTests {
    /// Against the haversine formula in 64-bit floating point, from the doorstep to nearly the other side of the Earth.
    @Test func aDistanceIsThatOfTheGreatCircle() throws {
        for step in 0..<4_000 {
            let bearing = Double(step) * 0.7
            // From about a metre to 19,000 km, denser near by; on the very other side a chord tells arcs apart by 600 m.
            let angle = min(3, 1e-7 * exp(Double(step) / 230))
            let (latitude, longitude) = (0.4, 1.98)
            let toLatitude = asin(sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(bearing))
            let toLongitude =
                longitude
                + atan2(
                    sin(bearing) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sin(toLatitude))
            let from = try #require(point(latitude, longitude))
            let to = try #require(point(toLatitude, toLongitude))
            let exact = haversine(from, to)
            let centimetres = Double(EarthPosition(from).centimetres(to: EarthPosition(to)))
            // 1 cm for rounding, 1 cm for the grid of positions, and 10⁻⁶ of the way; around 60° the series of the
            // arc is at its end.
            let share = exact < 500_000_000 ? 1e-6 : 3e-6
            #expect(abs(centimetres - exact) <= 2 + exact * share, "step \(step): \(centimetres), exactly \(exact)")
        }
    }

    @Test func aPlaceIsNowhereButWhereItIs() throws {
        let here = EarthPosition(try #require(GeoPoint(latitude: 23.02, longitude: 113.75)))
        #expect(here.centimetres(to: here) == 0)
        let pole = EarthPosition(try #require(GeoPoint(latitude: 90, longitude: 0)))
        let other = EarthPosition(try #require(GeoPoint(latitude: -90, longitude: 0)))
        #expect(abs(Double(pole.centimetres(to: other)) - 2_001_508_680) < 2_000)
    }

    /// The quick arc is the full one as far as it promises, and never comes near again beyond.
    @Test func theNearArcAgreesWithTheFullOne() {
        for step in 0...200_000 {
            let chord = Float(step) / 100_000
            let near = EarthPosition.nearArcCentimetres(chord: chord)
            if chord <= 1 {
                #expect(near == EarthPosition.arcCentimetres(chord: chord), "chord \(chord)")
            } else {
                #expect(near > EarthPosition.nearestFarCentimetres, "chord \(chord)")
                #expect(EarthPosition.arcCentimetres(chord: chord) > EarthPosition.nearestFarCentimetres)
            }
        }
    }

    private func point(_ latitude: Double, _ longitude: Double) -> GeoPoint? {
        let degrees = longitude * 180 / .pi
        return GeoPoint(
            latitude: latitude * 180 / .pi, longitude: degrees - 360 * (degrees / 360).rounded())
    }

    private func haversine(_ from: GeoPoint, _ to: GeoPoint) -> Double {
        let (first, second) = (from.latitudeDegrees * .pi / 180, to.latitudeDegrees * .pi / 180)
        let longitude = (to.longitudeDegrees - from.longitudeDegrees) * .pi / 180
        let square = pow(sin((second - first) / 2), 2) + cos(first) * cos(second) * pow(sin(longitude / 2), 2)
        return 2 * 637_100_000 * asin(min(1, square.squareRoot()))
    }
}
