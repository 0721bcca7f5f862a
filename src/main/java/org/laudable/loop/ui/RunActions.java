package org.laudable.loop.ui;

import java.util.function.Consumer;
import org.laudable.Refused;
import org.laudable.loop.RunControl;
import org.laudable.ui.Notices;

/** Does what a manager pressed, says so, and shows a refusal's sentence. */
public final class RunActions implements Consumer<RunControls.Action> {

    /** What each kind of loop does in its own way; both say themselves what they did. */
    public interface Own {
        void start();

        void finish();

        /** The page shows the run as it is now. */
        void refresh();
    }

    private final RunControl control;
    private final long projectId;
    private final Notices notices;
    private final Figures figures;
    private final String stopped;
    private final Own own;

    /** @param stopped key of the sentence that follows a stop */
    public RunActions(RunControl control, long projectId, Notices notices, Figures figures, String stopped, Own own) {
        this.control = control;
        this.projectId = projectId;
        this.notices = notices;
        this.figures = figures;
        this.stopped = stopped;
        this.own = own;
    }

    @Override
    public void accept(RunControls.Action action) {
        try {
            switch (action) {
                case START -> own.start();
                case PAUSE -> {
                    control.pause(projectId);
                    notices.undoable(figures.text("run.paused"), () -> accept(RunControls.Action.RESUME));
                }
                case RESUME -> {
                    control.resume(projectId);
                    notices.info(figures.text("run.resumed"));
                }
                case FINISH -> own.finish();
                case STOP -> {
                    control.stop(projectId);
                    notices.info(figures.text(stopped));
                }
                case RETRY -> control.retry(projectId);
            }
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
        own.refresh();
    }
}
