internal import MatchCore
public import Wire

// A ranking with its explanations is the largest answer of the service, a hundred kilobytes and more, so these write
// their bytes by themselves. Members stand in the order in which they are declared.

extension MatchList: WireWritten {
    public func write(to json: WireOutput) {
        json.plain("{\"items\":")
        json.list(items) { $0.write(to: json) }
        json.plain("}")
    }
}

extension RankingView {
    func write(to json: WireOutput) {
        json.plain("{\"subject\":")
        subject.write(to: json)
        json.plain(",\"subjectLine\":")
        json.value(subjectLine)
        json.plain(",\"title\":")
        json.value(title)
        if let party {
            json.plain(",\"party\":")
            json.value(party)
        }
        json.plain(",\"profile\":")
        json.value(profile)
        if let open {
            json.plain(",\"open\":")
            json.value(open)
        }
        json.plain(",\"scored\":")
        json.value(scored)
        if let eligible {
            json.plain(",\"eligible\":")
            json.value(eligible)
        }
        if let vetoes {
            json.plain(",\"vetoes\":")
            json.list(vetoes) { $0.write(to: json) }
        }
        if let voices {
            json.plain(",\"voices\":")
            json.list(voices) { json.value($0) }
        }
        json.plain(",\"candidates\":")
        json.list(candidates) { $0.write(to: json) }
        json.plain("}")
    }
}

extension RankingView.Veto {
    func write(to json: WireOutput) {
        json.plain("{\"scorer\":")
        json.value(scorer)
        json.plain(",\"reason\":")
        json.value(reason)
        json.plain(",\"title\":")
        json.value(title)
        json.plain(",\"count\":")
        json.value(count)
        json.plain("}")
    }
}

extension RankingView.Candidate {
    func write(to json: WireOutput) {
        json.plain("{\"rank\":")
        json.value(rank)
        json.plain(",\"record\":")
        record.write(to: json)
        json.plain(",\"line\":")
        json.value(line)
        json.plain(",\"title\":")
        json.value(title)
        if let party {
            json.plain(",\"party\":")
            json.value(party)
        }
        if let total {
            json.plain(",\"total\":")
            json.value(total)
        }
        if let halfPoints {
            json.plain(",\"halfPoints\":")
            json.value(halfPoints)
        }
        if let explanation {
            json.plain(",\"explanation\":")
            explanation.write(to: json)
        }
        json.plain("}")
    }
}

extension RecordNameView {
    func write(to json: WireOutput) {
        json.plain("{\"id\":")
        json.value(id)
        json.plain(",\"source\":")
        json.value(source)
        if let externalID {
            json.plain(",\"externalID\":")
            json.value(externalID)
        }
        json.plain("}")
    }
}

extension ExplanationView {
    func write(to json: WireOutput) {
        json.plain("{\"wish\":")
        wish.write(to: json)
        json.plain(",\"wishLine\":")
        json.value(wishLine)
        json.plain(",\"offer\":")
        offer.write(to: json)
        json.plain(",\"offerLine\":")
        json.value(offerLine)
        json.plain(",\"profile\":")
        json.value(profile)
        json.plain(",\"asOf\":")
        json.value(asOf)
        if let total {
            json.plain(",\"total\":")
            json.value(total)
        }
        json.plain(",\"isEligible\":")
        json.value(isEligible)
        json.plain(",\"nothingApplies\":")
        json.value(nothingApplies)
        json.plain(",\"entries\":")
        json.list(entries) { $0.write(to: json) }
        if let vote {
            json.plain(",\"vote\":")
            vote.write(to: json)
        }
        json.plain("}")
    }
}

extension VotedPlaceView {
    func write(to json: WireOutput) {
        json.plain("{\"place\":")
        json.value(place)
        json.plain(",\"candidates\":")
        json.value(candidates)
        json.plain(",\"halfPoints\":")
        json.value(halfPoints)
        json.plain(",\"voices\":")
        json.list(voices) { $0.write(to: json) }
        json.plain("}")
    }
}

extension VotedPlaceView.Voice {
    func write(to json: WireOutput) {
        json.plain("{\"voice\":")
        json.value(voice)
        json.plain(",\"profile\":")
        json.value(profile)
        json.plain(",\"votes\":")
        json.value(votes)
        json.plain(",\"place\":")
        json.value(place)
        json.plain(",\"halfPoints\":")
        json.value(halfPoints)
        json.plain(",\"total\":")
        json.value(total)
        json.plain("}")
    }
}

extension ExplanationView.Entry {
    func write(to json: WireOutput) {
        json.plain("{\"scorer\":")
        json.value(scorer)
        json.plain(",\"title\":")
        json.value(title)
        json.plain(",\"version\":")
        json.value(version)
        if let outcome {
            json.plain(",\"outcome\":")
            json.value(outcome)
        }
        if let value {
            json.plain(",\"value\":")
            json.value(value)
        }
        json.plain(",\"weight\":")
        json.value(weight)
        if let contribution {
            json.plain(",\"contribution\":")
            json.value(contribution)
        }
        json.plain(",\"reason\":")
        json.value(reason)
        json.plain(",\"sentence\":")
        json.value(sentence)
        json.plain(",\"inputs\":")
        json.list(inputs) { input in
            json.plain("{\"name\":")
            json.value(input.name)
            json.plain(",\"value\":")
            input.value.write(to: json)
            json.plain("}")
        }
        json.plain("}")
    }
}
