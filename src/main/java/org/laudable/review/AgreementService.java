package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.laudable.dataset.Origin;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.engine.evaluation.ChoiceAgreement;
import org.laudable.engine.evaluation.ChoiceAgreement.Rating;
import org.laudable.engine.evaluation.DawidSkene;
import org.laudable.engine.evaluation.IntervalAgreement;
import org.laudable.engine.evaluation.IntervalAgreement.Stretch;
import org.laudable.project.Aggregation;
import org.laudable.project.LabelClass;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.review.AnswersRepository.Compared;
import org.laudable.review.AnswersRepository.Given;

/** How far people agree with one another and with the models. For reviewers and managers. */
@ApplicationScoped
public class AgreementService {
    private static final int MOST_CONFUSED = 10;
    private static final int EXAMPLES = 3;
    private static final int MOST_UNITIZED = 300;

    private final ProjectAccess access;
    private final ProjectService projects;
    private final AnswersRepository answers;
    private final WeighingRepository weighing;

    AgreementService(ProjectAccess access, ProjectService projects, AnswersRepository answers, WeighingRepository weighing) {
        this.access = access;
        this.projects = projects;
        this.answers = answers;
        this.weighing = weighing;
    }

    /** From the answers as they are now; takes a second or two with thousands of items. */
    public AgreementReport report(long projectId) {
        access.require(projectId, Role.REVIEWER);
        Project project = projects.find(projectId);
        return new Reckoning(projects.classes(projectId), answers.shared(projectId), answers.compared(projectId), answers.verdicts(projectId))
                .report(project.kind() == ProjectKind.SERIES, project.labeling().aggregation() == Aggregation.DAWID_SKENE, weighing.state(projectId));
    }

    /** One reckoning; classes are counted from 0, 'none of these' comes last. */
    private final class Reckoning {
        private final List<Long> classes = new ArrayList<>();
        private final List<Given> given;
        private final List<Compared> compared;
        private final Map<Long, Long> verdicts;
        private final Map<Integer, String> names = new HashMap<>();
        private final Map<Long, List<Given>> byItem;

        Reckoning(List<LabelClass> offered, List<Given> given, List<Compared> compared, Map<Long, Long> verdicts) {
            offered.forEach(one -> classes.add(one.id()));
            classes.add(null);
            this.given = given;
            this.compared = compared;
            this.verdicts = verdicts;
            given.forEach(one -> names.put((int) one.accountId(), one.person()));
            byItem = given.stream().collect(Collectors.groupingBy(Given::itemId, LinkedHashMap::new, Collectors.toList()));
        }

        AgreementReport report(boolean series, boolean weighed, Optional<WeighingRepository.State> state) {
            ChoiceAgreement all = agreement(given);
            List<AgreementReport.OfClass> perClass = new ArrayList<>();
            for (int c = 0; c < classes.size(); c++) {
                perClass.add(new AgreementReport.OfClass(classes.get(c), all.ofClass(c)));
            }
            perClass.removeIf(one -> one.agreement().items() == 0);
            perClass.sort(Comparator.comparingDouble(one -> one.agreement().value()));
            List<AgreementReport.OfPair> pairs = all.pairs().stream().map(pair -> new AgreementReport.OfPair(names.get(pair.first()),
                    names.get(pair.second()), pair.percent(), pair.kappa())).toList();
            return new AgreementReport(all.items(), all.percent(), all.alpha(), all.fleiss(),
                    series ? IntervalAgreement.overlapOfItems(byItem.values().stream().map(this::marked).toList()) : null,
                    series ? unitized() : null, perClass, pairs, weeks(), confused(), against(), annotators(),
                    series ? null : made(weighed, state.filter(done -> done.mode() == Aggregation.DAWID_SKENE)));
        }

        private ChoiceAgreement agreement(List<Given> some) {
            return ChoiceAgreement.of(some.stream().map(one -> new Rating(one.itemId(), (int) one.accountId(), index(one.classId()))).toList(),
                    classes.size());
        }

        private int index(Long classId) {
            return classes.indexOf(classId);
        }

        private List<Stretch> marked(List<Given> item) {
            return item.stream().flatMap(one -> stretch(one).stream()).toList();
        }

        private List<Stretch> stretch(Given one) {
            return one.from() == null ? List.of() : List.of(new Stretch(one.from(), one.to(), index(one.classId())));
        }

        private Double unitized() {
            double alpha = IntervalAgreement.alphaOfItems(byItem.values().stream().limit(MOST_UNITIZED)
                    .map(item -> item.stream().map(this::stretch).toList()).toList());
            return Double.isNaN(alpha) ? null : alpha;
        }

        /** An item belongs to the week of its last answer. */
        private List<AgreementReport.OfWeek> weeks() {
            Map<LocalDate, List<Given>> weeks = new TreeMap<>();
            byItem.values().forEach(item -> weeks.computeIfAbsent(item.stream().map(Given::at).max(Comparator.naturalOrder()).orElseThrow()
                    .atZone(ZoneOffset.UTC).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), week -> new ArrayList<>())
                    .addAll(item));
            return weeks.entrySet().stream().map(week -> {
                ChoiceAgreement of = agreement(week.getValue());
                return new AgreementReport.OfWeek(week.getKey(), of.percent(), of.alpha());
            }).toList();
        }

        private record Classes(int lower, int higher) {}

        private List<AgreementReport.Confused> confused() {
            Map<Classes, List<Long>> mixed = new HashMap<>();
            byItem.forEach((item, said) -> {
                for (int a = 0; a < said.size(); a++) {
                    for (int b = a + 1; b < said.size(); b++) {
                        int one = index(said.get(a).classId());
                        int other = index(said.get(b).classId());
                        if (one != other) {
                            mixed.computeIfAbsent(new Classes(Math.min(one, other), Math.max(one, other)), key -> new ArrayList<>()).add(item);
                        }
                    }
                }
            });
            List<Map.Entry<Classes, List<Long>>> most = mixed.entrySet().stream()
                    .sorted(Comparator.comparingInt((Map.Entry<Classes, List<Long>> one) -> one.getValue().size()).reversed()
                            .thenComparingInt(one -> one.getKey().lower()).thenComparingInt(one -> one.getKey().higher()))
                    .limit(MOST_CONFUSED).toList();
            Map<Long, String> texts = answers.texts(most.stream().flatMap(one -> one.getValue().stream().distinct().limit(EXAMPLES)).distinct().toList());
            return most.stream().map(one -> new AgreementReport.Confused(classes.get(one.getKey().lower()), classes.get(one.getKey().higher()),
                    one.getValue().size(), one.getValue().stream().distinct().limit(EXAMPLES)
                            .map(item -> new AgreementReport.Example(item, texts.getOrDefault(item, ""))).toList())).toList();
        }

        private List<AgreementReport.Against> against() {
            Map<String, List<Compared>> byModel = compared.stream().collect(Collectors.groupingBy(one -> one.origin() + " " + one.modelId(),
                    TreeMap::new, Collectors.toList()));
            return byModel.values().stream().map(said -> {
                List<Rating> ratings = new ArrayList<>();
                long pair = 0; // each answer of a person with the model's is a pair of its own
                for (Compared one : said) {
                    ratings.add(new Rating(pair, 1, index(one.personClassId())));
                    ratings.add(new Rating(pair++, 2, index(one.modelClassId())));
                }
                ChoiceAgreement.Pair figures = ChoiceAgreement.of(ratings, classes.size()).pairs().getFirst();
                return new AgreementReport.Against(said.getFirst().origin(), said.getFirst().model(), figures.percent(), figures.kappa(), mistaken(said));
            }).toList();
        }

        private List<AgreementReport.Mistaken> mistaken(List<Compared> said) {
            Map<List<Long>, Integer> times = new HashMap<>();
            said.stream().filter(one -> !Objects.equals(one.personClassId(), one.modelClassId()))
                    .forEach(one -> times.merge(Arrays.asList(one.personClassId(), one.modelClassId()), 1, Integer::sum));
            return times.entrySet().stream().sorted(Map.Entry.<List<Long>, Integer>comparingByValue().reversed()
                            .thenComparing(one -> one.getKey().toString())).limit(MOST_CONFUSED)
                    .map(one -> new AgreementReport.Mistaken(one.getKey().get(0), one.getKey().get(1), one.getValue())).toList();
        }

        private AgreementReport.Made made(boolean weighed, Optional<WeighingRepository.State> state) {
            Map<Long, Long> each = given.stream().collect(Collectors.groupingBy(Given::accountId, TreeMap::new, Collectors.counting()));
            List<String> few = each.entrySet().stream().filter(one -> one.getValue() < Weighing.ENOUGH).map(one -> names.get(one.getKey().intValue())).toList();
            return new AgreementReport.Made(weighed, state.map(WeighingRepository.State::items).orElse(0),
                    state.map(WeighingRepository.State::changed).orElse(0), state.map(WeighingRepository.State::at).orElse(null), few);
        }

        /** People, and language models measured by them; the task model learned from people, so its word is not another one. */
        private List<AgreementReport.Annotator> annotators() {
            if (given.isEmpty()) {
                return List.of();
            }
            Map<Long, Integer> truth = verdicts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                    one -> index(one.getValue() < 0 ? null : one.getValue())));
            DawidSkene.Estimate estimate = DawidSkene.of(given.stream().map(one ->
                    new DawidSkene.Vote(one.itemId(), one.accountId(), index(one.classId()))).toList(), classes.size(), truth);
            List<AgreementReport.Annotator> found = new ArrayList<>();
            estimate.annotators().forEach((id, quality) -> found.add(annotator(Origin.PERSON, names.get(id.intValue()), quality.accuracy(), quality.votes())));
            audited().values().forEach(said -> found.add(annotator(Origin.LLM, said.getFirst().model(), said.stream()
                    .mapToDouble(one -> estimate.probabilities().get(one.itemId())[index(one.modelClassId())]).average().orElseThrow(), said.size())));
            found.sort(Comparator.comparingDouble(AgreementReport.Annotator::accuracy).reversed());
            return found;
        }

        /** A language model's answers, by its id, to items that two people or more answered; each item once. */
        private Map<Long, List<Compared>> audited() {
            Map<Long, Map<Long, Compared>> byModel = new TreeMap<>();
            compared.stream().filter(one -> one.origin() == Origin.LLM && byItem.containsKey(one.itemId()))
                    .forEach(one -> byModel.computeIfAbsent(one.modelId(), id -> new LinkedHashMap<>()).put(one.itemId(), one));
            return byModel.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one -> List.copyOf(one.getValue().values())));
        }

        private static AgreementReport.Annotator annotator(Origin origin, String name, double accuracy, int votes) {
            return new AgreementReport.Annotator(origin, name, accuracy, Binomial.wilson((int) Math.round(accuracy * votes), votes, .95), votes);
        }
    }
}
